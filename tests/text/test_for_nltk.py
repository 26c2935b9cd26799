"""NLTK's own tools can use the parts of the text floor."""

from nltk.collocations import BigramCollocationFinder

from involve.text.for_nltk import BilingualTokenizer, NormalFormStemmer, TagClassifier

TEXT = "Mae’r bws yn hwyr eto, a does dim bws ar ôl chwech."


def test_spans_are_those_of_the_tokens() -> None:
    tokenizer = BilingualTokenizer()
    spans = list(tokenizer.span_tokenize(TEXT))
    assert [TEXT[start:end].replace("’", "'") for start, end in spans] == tokenizer.tokenize(TEXT)
    assert tokenizer.tokenize_sents(["Dim bws", "O'r diwedd"]) == [["Dim", "bws"], ["O", "'r", "diwedd"]]


def test_a_stem_undoes_mutation_and_inflection() -> None:
    assert NormalFormStemmer().stem("nghymuned") == "cymuned"
    assert NormalFormStemmer("en").stem("buses") == "bus"


def test_a_classifier_gives_labels_that_it_lists() -> None:
    classifier = TagClassifier()
    found = classifier.classify("The GP surgery has no appointments and nobody asked us")
    assert "goal:healthier" in found
    assert found <= set(classifier.labels())
    assert len(classifier.labels()) == 12


def test_collocations_can_be_found_over_the_tokens() -> None:
    finder = BigramCollocationFinder.from_words(BilingualTokenizer().tokenize(TEXT.lower()))
    assert ("dim", "bws") in finder.ngram_fd
