public import Domain

extension FilterVocabulary {
    /// The order that a text says: names of fields with commas between them, with - in front for the largest, latest
    /// or worst first.
    ///
    /// - Throws: the first name that is nobody's.
    public func order(_ text: String) throws(UnknownField) -> [SortKey] {
        var order: [SortKey] = []
        for word in text.split(separator: ",").map({ $0.filter { $0 != " " } }) {
            let isDescending = word.hasPrefix("-")
            let name = isDescending ? String(word.dropFirst()) : word
            guard let key = name == "backend" ? FieldKey(rawValue: name) : field(named: name) else {
                throw UnknownField(name: name)
            }
            order.append(SortKey(key, descending: isDescending))
        }
        return order
    }

    /// A name that no field has.
    public struct UnknownField: Error, Hashable {
        /// The name as it was written.
        public let name: String
    }
}
