/// A window on a list, asked for with two query parameters.
struct Page: Equatable, Sendable {
    let offset: Int
    let limit: Int

    /// Reads `?start=…&limit=…` or whatever the API calls them; what is not a number counts as absent.
    init(_ query: Query, offset offsetName: String, limit limitName: String, usually limit: Int) {
        offset = max(query[offsetName].flatMap { Int($0) } ?? 0, 0)
        self.limit = max(query[limitName].flatMap { Int($0) } ?? limit, 0)
    }

    func of<Element>(_ list: [Element]) -> ArraySlice<Element> {
        list.dropFirst(offset).prefix(limit)
    }
}
