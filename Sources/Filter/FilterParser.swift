internal import Domain

extension FilterExpression {
    /// Reads a filter.
    public static func parse(_ text: String, _ vocabulary: FilterVocabulary) -> FilterParse {
        var terms: [FilterExpression] = []
        for word in text.split(separator: " ") {
            if word.hasPrefix("!") {
                terms.append(.not(.text(FilterText(String(word.dropFirst())))))
            } else {
                terms.append(.text(FilterText(String(word))))
            }
        }
        return .finished(terms.count == 1 ? terms[0] : terms.isEmpty ? .everything : .all(terms))
    }
}
