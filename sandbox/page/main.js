// Starts the page.

import { App } from "./app.js";
import { Screen } from "./screen.js";

const screen = new Screen();
const app = new App(screen);

screen.build(app);
app.start().catch((error) => {
  screen.toast(error.message);
  throw error;
});
