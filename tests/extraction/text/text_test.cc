#include "services/extraction/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/text/tokenize.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

constexpr const char* kSegmentNames[] = {"body",       "headline", "repeated",
                                         "subheading", "caption",  "dateline",
                                         "languages",  "tweet",    "furniture"};

class TextTest : public ::testing::Test {
 protected:
  Text Analyse(const std::string& stored) {
    const auto analyser = TextAnalyser::Load(testing::RulesPath(), vocabulary_);
    EXPECT_TRUE(analyser.ok()) << analyser.status().message();
    return analyser->Analyse(kept_.emplace_back(stored));
  }

  template <typename Ranges>
  std::vector<std::string> Spans(const Text& text, const Ranges& ranges) {
    std::vector<std::string> spans;
    for (const auto& range : ranges) spans.emplace_back(range.span.In(text.stored()));
    return spans;
  }

  Vocabulary vocabulary_;
  std::deque<std::string> kept_;  // texts do not own what they are about
};

// Each case: "text", and whichever of "tokens", "sentences", "quotes", "segments" ([kind, text]) it
// is about.
TEST_F(TextTest, Golden) {
  for (const auto& golden : testing::ReadGolden("text/text.jsonl")) {
    SCOPED_TRACE(golden["name"].get<std::string>());
    const auto stored = golden["text"].get<std::string>();
    const Text text = Analyse(stored);
    if (golden.contains("tokens")) {
      EXPECT_EQ(nlohmann::json(Spans(text, text.tokens())), golden["tokens"]);
    }
    if (golden.contains("sentences")) {
      EXPECT_EQ(nlohmann::json(Spans(text, text.sentences())), golden["sentences"]);
    }
    if (golden.contains("quotes")) {
      EXPECT_EQ(nlohmann::json(Spans(text, text.quotes())), golden["quotes"]);
    }
    if (golden.contains("segments")) {
      auto segments = nlohmann::json::array();
      for (const Segment& segment : text.segments()) {
        segments.push_back(
            {kSegmentNames[static_cast<int>(segment.kind)], segment.span.In(text.stored())});
      }
      EXPECT_EQ(segments, golden["segments"]);
    }
  }
}

TEST_F(TextTest, UnitsCoverEveryTokenOnceAndInOrder) {
  for (const auto& golden : testing::ReadGolden("text/text.jsonl")) {
    SCOPED_TRACE(golden["name"].get<std::string>());
    const auto stored = golden["text"].get<std::string>();
    const Text text = Analyse(stored);
    const auto covers = [&](const auto& ranges) {
      size_t next = 0;
      for (const auto& range : ranges) {
        if (range.begin != next || range.end <= range.begin) return false;
        next = range.end;
      }
      return next == text.size();
    };
    EXPECT_TRUE(covers(text.paragraphs()));
    EXPECT_TRUE(covers(text.sentences()));
    EXPECT_TRUE(covers(text.segments()));
    for (size_t i = 0; i < text.size(); ++i) {
      EXPECT_EQ(text.TokenAtStored(text[i].span.begin), i);
      EXPECT_TRUE(text.sentences()[text[i].sentence].Contains(i));
      EXPECT_TRUE(text.segments()[text.SegmentOf(i)].Contains(i));
    }
  }
}

TEST_F(TextTest, FlagsCapitalsPossessivesAndStarts) {
  const Text text = Analyse("Syria's army hit. A US M16 fell.");
  EXPECT_TRUE(text[0].is(kCapitalised) && text[0].is(kPossessive) && text[0].is(kSentenceInitial));
  EXPECT_EQ(text.Lower(1), "'s");
  EXPECT_TRUE(text[5].is(kSentenceInitial));
  EXPECT_TRUE(text[6].is(kAllCaps));
  EXPECT_TRUE(text[7].is(kHasDigit));
}

// Where a word of any length ends does not depend on where its bytes lie or what follows them.
TEST_F(TextTest, EndsWordsBeforeEveryMark) {
  constexpr std::string_view kGoesOn = "'._:";  // may belong to a word
  for (size_t length = 1; length <= 20; ++length) {
    for (int byte = 1; byte < 0x80; ++byte) {
      const char mark = static_cast<char>(byte);
      if (std::isalnum(byte) != 0 || kGoesOn.find(mark) != std::string_view::npos) continue;
      for (const std::string_view tail : {"", "za and much more after it"}) {
        std::string text(length, 'Z');
        if (length > 2) text[length / 2] = 'A';
        const std::vector<Token> shouted = Tokenize(text + mark + std::string(tail));
        EXPECT_EQ(shouted.front().end, length) << text << mark << tail;
        EXPECT_EQ(shouted.front().is(kAllCaps), length >= 2) << text << mark << tail;
        text.back() = length % 2 == 0 ? 'z' : 'a';
        const std::vector<Token> written = Tokenize(text + mark + std::string(tail));
        EXPECT_EQ(written.front().end, length) << text << mark << tail;
        EXPECT_FALSE(written.front().is(kAllCaps)) << text << mark << tail;
      }
    }
  }
}

TEST_F(TextTest, QuoteThatRunsOverParagraphsContinues) {
  const Text text = Analyse("\u201COne,\u201D he said. \u201CTwo.\n\n\u201CThree.\u201D\n\nFour.");
  ASSERT_EQ(text.quotes().size(), 3u);
  EXPECT_FALSE(text.quotes()[1].closed);
  EXPECT_EQ(text.quotes()[2].continues, 1);
  EXPECT_EQ(text.QuoteOf(text.TokenAtStored(text.stored().find("Three"))), 2);
  EXPECT_EQ(text.QuoteOf(text.size() - 1), -1);
}

TEST_F(TextTest, NestedQuotesKnowTheirParent) {
  const Text text = Analyse("\"He told me 'never again' there,\" she said.");
  ASSERT_EQ(text.quotes().size(), 2u);
  EXPECT_EQ(text.quotes()[1].parent, 0);
  EXPECT_EQ(text.QuoteOf(text.TokenAtStored(text.stored().find("never"))), 1);
  EXPECT_EQ(text.QuoteOf(text.TokenAtStored(text.stored().find("there"))), 0);
}

TEST_F(TextTest, SeesCapitalsEverywhere) {
  EXPECT_TRUE(Analyse("THE ARMY KILLED 15 PEOPLE. NO ONE FLED.").all_caps());
  EXPECT_FALSE(Analyse("The US army.").all_caps());
}

// Lists without a full stop are cut, behind a comma where there is one; no token is lost by it.
TEST_F(TextTest, NoSentenceIsLongerThanAnyoneReads) {
  constexpr size_t kLongest = 400;
  for (const std::string unit : {"five men, ", "five men and "}) {
    std::string list;
    while (list.size() < 20'000) list += unit;
    const Text text = Analyse(list);
    size_t next = 0;
    for (const Sentence& sentence : text.sentences()) {
      EXPECT_EQ(sentence.begin, next);
      EXPECT_LE(sentence.end - sentence.begin, kLongest);
      next = sentence.end;
    }
    EXPECT_EQ(next, text.size());
    const size_t last = text.sentences().front().end - 1;
    EXPECT_EQ(text[last].mark == ',', unit == "five men, ");
  }
}

TEST_F(TextTest, AcceptsAnything) {
  for (const std::string& stored :
       {std::string(), std::string("\n\n \n"), std::string("\xFF\xFE\x80"), std::string(5000, '"'),
        std::string(5000, '\''), std::string(5000, '.'), std::string(3, '\0')}) {
    const Text text = Analyse(stored);
    for (const Token& token : text.tokens()) EXPECT_LE(token.span.end, stored.size());
  }
}

}  // namespace
}  // namespace consilience::extraction
