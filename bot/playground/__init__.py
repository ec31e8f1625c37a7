"""Everything that stands in for Microsoft when there is no tenant, on loopback only.

The bot in the playground runs the code paths of a tenant, with other base addresses. The rules
here are written from Microsoft's pages and never shared with `graph`, so that one mistake cannot
agree with itself.
"""
