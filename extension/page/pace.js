// Reading a large page in turns, so that the page can be scrolled and typed into meanwhile.

var FIRST_TURN_MS = 150; // most pages are read within it, and so as they are at one moment
var TURN_MS = 40;

/** @typedef {{ isOver: () => boolean, rest: () => Promise<void> }} Pace `rest` between two stages, and within long ones */

/** @returns {Pace} */
function startPace() {
  let end = performance.now() + FIRST_TURN_MS;
  return {
    isOver: () => performance.now() > end,
    async rest() {
      if (performance.now() <= end) return;
      await nextTurn();
      end = performance.now() + TURN_MS;
    },
  };
}

/** Lets the page have its turn. Timers would wait a second in a tab that is not in front; messages do not. */
function nextTurn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}
