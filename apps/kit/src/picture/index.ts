export { Backdrop } from './backdrop.tsx';
export { type PicturedTitle, Poster, type PosterProps } from './poster.tsx';
