import type { TitleResolvers } from '../generated/resolvers.ts';
import { reviewed } from './subject.ts';

export const Title: TitleResolvers = reviewed('TITLE');
