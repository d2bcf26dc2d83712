DROP TABLE confirmed_identifiers;
DROP TABLE match_rulings;
