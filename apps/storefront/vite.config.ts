import { application } from '../kit/vite.ts';
import { defineConfig } from 'vite';

export default defineConfig(application('/', process.env));
