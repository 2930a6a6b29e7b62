// Posts of social media: who wrote them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_POSTS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_POSTS_H_

#include <vector>

#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// Adds an attribution for each post: an embedded one that its author signs ("… — UNICEF (@UNICEF)
// November 21, 2016"), and a paragraph that its author opens ("@UNICEF: …", "RT @UNICEF: …").
void AddPosts(const Syntax& syntax, const Organisations& organisations,
              std::vector<AttributionMention>& mentions);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_POSTS_H_
