-- Measures how far a word is from another, by Levenshtein; also in scripts that pg_trgm leaves out in the locale C.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
