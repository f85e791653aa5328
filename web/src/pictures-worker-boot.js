// Starts the compiled client of the page of pictures as a worker: the page makes a module worker of this file, and only where a model
// will run in it.
import { startWorker } from './worker-start.js';

startWorker(() => import('./samovar-pictures.js'));
