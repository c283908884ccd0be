/** The theme that was chosen, before anything is painted. */
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  try {
    root.dataset.choice = localStorage.getItem("mlp:theme") ?? "auto";
  } catch {
    root.dataset.choice = "auto";
  }
  const paint = () => {
    const choice = root.dataset.choice;
    root.dataset.theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
  };
  dark.addEventListener("change", paint);
  addEventListener("theme", paint);
  paint();
})();
