public import HTTP

extension Array<CatalogueEntry> {
    /// What an adapter declares that it may read: all that its catalogue reads, and what it reads besides, each once.
    ///
    /// - Parameter others: what stands in no document, such as other versions of the API and inferred paths.
    public func reads(and others: [ReadDeclaration]) -> [ReadDeclaration] {
        var seen: Set<ReadDeclaration> = []
        return (others + flatMap(\.reads)).filter { seen.insert($0).inserted }
    }
}
