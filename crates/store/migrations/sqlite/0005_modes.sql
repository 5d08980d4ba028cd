-- The sandbox's platform takes every mode; one that was seeded before straddle and keyword learns them.

UPDATE platform SET modes = 'page all pages straddle keyword'
WHERE modes = 'page all pages' AND id = (SELECT value FROM setting WHERE key = 'sandbox_catalogue');
