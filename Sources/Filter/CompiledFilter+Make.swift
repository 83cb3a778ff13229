internal import Domain

extension CompiledFilter {
    /// Makes an expression ready for a table.
    init(_ expression: FilterExpression, _ table: Table, _ context: FilterContext) {
        switch expression {
        case .everything: self = .constant(true)
        case .text(let text): self = Self.word(text)
        case .pattern(let pattern): self = Self.pattern(pattern, table)
        case .field(let key, let test): self = FieldCompiler(table, context).compile(key, test)
        case .backend(let name): self = .constant(context.backend(table.backend, isCalled: name))
        case .condition(let word): self = FieldCompiler(table, context).compile(condition: word)
        case .not(let inner): self = .not(CompiledFilter(inner, table, context))
        case .all(let terms):
            self = .all(terms.map { CompiledFilter($0, table, context) }.sorted { $0.cost < $1.cost })
        case .any(let terms):
            self = .any(terms.map { CompiledFilter($0, table, context) }.sorted { $0.cost < $1.cost })
        }
    }

    private static func word(_ text: FilterText) -> CompiledFilter {
        let folded = Folding.fold(text.text)
        if folded.isEmpty { return .constant(true) }
        if folded.contains(FoldedText.separator) { return .constant(false) }
        return .word(folded: folded, exact: text.matchesCase ? Array(text.text.utf8) : nil)
    }

    private static func pattern(_ pattern: FilterPattern, _ table: Table) -> CompiledFilter {
        guard let regex = try? Regex.compile(pattern.source, matchesCase: pattern.matchesCase) else {
            return .constant(false)
        }
        if !pattern.matchesCase, !pattern.dependsOnField { return .pattern(regex) }
        let columns = table.columns.indices.filter { table.columns[$0].holdsText }
        return any(of: columns.map { FieldCompiler.pattern(regex, $0, table) })
    }
}

extension FilterPattern {
    /// Whether it asks for the ends of a whole field or changes how it is read, so that it can't be searched for
    /// in several fields at once.
    var dependsOnField: Bool {
        ["\\A", "\\Z", "\\z", "\\G", "\\K", "(?", "(*"].contains { source.contains($0) }
    }
}

extension FilterContext {
    /// Whether a backend has a name, or its beginning where no backend has it.
    func backend(_ backend: BackendID, isCalled name: String) -> Bool {
        let name = name.lowercased()
        guard backends.indices.contains(Int(backend.index)) else { return false }
        let own = backends[Int(backend.index)].lowercased()
        return own == name || own.hasPrefix(name) && !backends.contains { $0.lowercased() == name }
    }
}
