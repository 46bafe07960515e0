import { application } from '../kit/vite.ts';
import { defineConfig } from 'vite';

const built = application('/backoffice/', process.env);

export default defineConfig({
  ...built,
  build: {
    ...built.build,
    rolldownOptions: {
      input: { app: 'index.html', 'offline-worker': 'src/offline/worker.ts' },
      output: {
        // A service worker keeps its name: the browser compares its content.
        entryFileNames: ({ name }) => (name === 'offline-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
