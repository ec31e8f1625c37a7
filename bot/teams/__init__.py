"""The Teams edge: activities in, cards out. The only user of botbuilder."""
