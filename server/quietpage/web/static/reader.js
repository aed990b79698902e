// The reader's page: what is there at once. What is seldom used comes when it is.
import "./reader-progress.js";
import "./reader-found.js";
import "./reader-keys.js";
import "./reader-tools.js";
