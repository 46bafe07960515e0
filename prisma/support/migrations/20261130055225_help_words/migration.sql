-- CreateTable
CREATE TABLE "help_words" (
    "locale" TEXT NOT NULL,
    "lexeme" TEXT NOT NULL,
    "texts" INTEGER NOT NULL,
    "published_texts" INTEGER NOT NULL,

    CONSTRAINT "help_words_pkey" PRIMARY KEY ("locale","lexeme")
);

-- Words that may be meant by a misspelled one: those of about its length that begin as it does.
CREATE INDEX "help_words_similar" ON "help_words" ("locale", left("lexeme", 1), length("lexeme"));

-- Words in the order of their keys, so that two texts that are saved at once never deadlock. Levenshtein takes 255 bytes.
CREATE FUNCTION keep_help_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH sides AS (
    SELECT -1 AS delta, OLD.locale AS locale, OLD.published AS published, OLD.search AS search WHERE TG_OP <> 'INSERT'
    UNION ALL SELECT 1, NEW.locale, NEW.published, NEW.search WHERE TG_OP <> 'DELETE'
  ), changes AS (
    SELECT locale, lexeme, sum(delta) AS texts, coalesce(sum(delta) FILTER (WHERE published), 0) AS published_texts
    FROM sides CROSS JOIN unnest(tsvector_to_array(search)) AS lexeme WHERE octet_length(lexeme) < 256
    GROUP BY locale, lexeme
  )
  INSERT INTO help_words AS known (locale, lexeme, texts, published_texts)
  SELECT locale, lexeme, texts, published_texts FROM changes WHERE texts <> 0 OR published_texts <> 0
  ORDER BY locale, lexeme
  ON CONFLICT (locale, lexeme) DO UPDATE SET texts = known.texts + excluded.texts,
    published_texts = known.published_texts + excluded.published_texts;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM help_words USING unnest(tsvector_to_array(OLD.search)) AS old_lexeme
    WHERE locale = OLD.locale AND lexeme = old_lexeme AND texts = 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER help_words_of_texts AFTER INSERT OR DELETE OR UPDATE OF search, published, locale ON "help_article_texts"
  FOR EACH ROW EXECUTE FUNCTION keep_help_words();

INSERT INTO help_words (locale, lexeme, texts, published_texts)
SELECT locale, lexeme, count(*), count(*) FILTER (WHERE published)
FROM help_article_texts CROSS JOIN unnest(tsvector_to_array(search)) AS lexeme WHERE octet_length(lexeme) < 256
GROUP BY locale, lexeme;
