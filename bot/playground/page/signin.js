// What a Teams client does with the page on which somebody signs in: it takes the code from it.
// https://learn.microsoft.com/javascript/api/@microsoft/teams-js/authentication#notifySuccess

const SUCCESS = "authentication.authenticate.success";

// `take(code)` is called when a page of our own origin says that somebody has signed in.
export function takeCodes(take) {
  window.addEventListener("message", ({ origin, data }) => {
    if (origin !== location.origin || data?.func !== SUCCESS) return;
    const code = data.args?.[0];
    if (typeof code === "string") take(code);
  });
}
