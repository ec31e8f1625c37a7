// The page's connection to the playground: one stream of events in, small requests out.

const ANSWER_LATE = 2000; // milliseconds before a stream that was closed is opened again

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export class Live {
  // `onTrouble(where, words)` shows what is wrong with the "stream" or a "request"; "" is well.
  constructor(onTrouble) {
    this.listeners = new Map();
    this.onTrouble = onTrouble;
    this.stream = null;
  }

  on(kind, listener) {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  // Opens the stream of what this person sees. Each new connection begins with a "state" event.
  open(oid) {
    this.stream?.close();
    const stream = new EventSource(`/playground/events?as=${encodeURIComponent(oid)}`);
    this.stream = stream;
    for (const kind of this.listeners.keys()) {
      stream.addEventListener(kind, (event) => {
        if (stream !== this.stream) return;
        this.onTrouble("stream", "");
        const data = JSON.parse(event.data);
        for (const listener of this.listeners.get(kind)) listener(data);
      });
    }
    stream.onerror = () => {
      if (stream !== this.stream) return;
      this.onTrouble("stream", "The playground does not answer. Trying again …");
      // The browser reconnects by itself, except after an answer that is no stream.
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(() => stream === this.stream && this.open(oid), ANSWER_LATE);
      }
    };
  }

  // Returns the JSON that is at a path; none where it cannot be had. What is merely shown needs no words.
  async look(path) {
    try {
      const answer = await fetch(path);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  // Sends JSON and returns the JSON answer; none, with the reason shown, where it was refused.
  async ask(method, path, body) {
    try {
      const answer = await fetch(path, {
        method,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.ok) return await answer.json();
      this.onTrouble("request", await answer.text());
    } catch {
      this.onTrouble("request", "The playground does not answer.");
    }
    return null;
  }
}
