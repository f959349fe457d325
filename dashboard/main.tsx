import { render } from 'preact';
import { App } from './app.tsx';
import { followLinks } from './live/here.ts';

const root = document.querySelector('#app');
if (root !== null) {
  root.replaceChildren();
  followLinks();
  render(<App />, root);
}
