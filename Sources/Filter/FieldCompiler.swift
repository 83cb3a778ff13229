internal import Domain

/// Makes tests of fields ready for the columns of one table.
struct FieldCompiler {
    let table: Table
    let context: FilterContext

    init(_ table: Table, _ context: FilterContext) {
        self.table = table
        self.context = context
    }

    /// A field that the table lacks passes only as having no value.
    func compile(_ key: FieldKey, _ test: FieldTest) -> CompiledFilter {
        guard let column = table.resource.index(of: key) else {
            if key == .age, case .compares(let comparison, let operand) = test {
                return age(comparison, operand, columns: [FieldKey.since, .lastPolled])
            }
            if case .equals(let text) = test { return .constant(text.text.isEmpty) }
            return .constant(false)
        }
        switch test {
        case .contains(let text): return texts(column, text, isWhole: false)
        case .equals(let text):
            return text.text.isEmpty ? .absent(column: column) : texts(column, text, isWhole: true)
        case .matches(let pattern):
            let regex = try? Regex.compile(pattern.source, matchesCase: pattern.matchesCase)
            return regex.map { Self.pattern($0, column, table) } ?? .constant(false)
        case .compares(let comparison, let operand):
            switch table.resource.fields[column].type {
            case .severity:
                let bound = Severity(word: operand)
                guard bound != .unknown else { return .constant(false) }
                return codes(column) { word in
                    let severity = Severity(word: word)
                    return severity != .unknown
                        && comparison.range(Double(bound.rawValue)).contains(Double(severity.rawValue))
                }
            case .time: return age(comparison, operand, columns: [key])
            default:
                guard let bound = Quantity.read(operand)?.number else { return .constant(false) }
                return numbers(column, comparison.range(bound))
            }
        }
    }

    func compile(condition word: String) -> CompiledFilter {
        // A set adds to what a word means of rows alone.
        var terms = context.sets[word].map { [CompiledFilter.entities($0)] } ?? []
        for (key, words) in Condition.words[word] ?? [:] {
            guard let column = table.resource.index(of: key), table.columns[column].storage == .words else {
                continue
            }
            terms.append(codes(column) { words.contains($0.lowercased()) })
        }
        for (column, field) in table.resource.fields.enumerated() where field.type == .flag {
            if field.key.rawValue.lowercased() == word { terms.append(.integers(column: column, 1...1)) }
            if field.key.rawValue == "enabled", word == "disabled" {
                terms.append(.integers(column: column, 0...0))
            }
        }
        let found = CompiledFilter.any(of: terms)
        if Condition.needSwitchedOn.contains(word), let admin = table.resource.index(of: .admin),
            table.columns[admin].storage == .words
        {
            let off = Condition.words["shutdown"]?[.admin] ?? []
            return .all([found, .not(codes(admin) { off.contains($0.lowercased()) })])
        }
        return found
    }

    static func pattern(_ regex: Regex, _ column: Int, _ table: Table) -> CompiledFilter {
        let data = table.columns[column]
        guard data.holdsText else { return .constant(false) }
        if data.storage == .text { return .columnPattern(column: column, regex) }
        let scratch = Regex.Scratch()
        return .codes(
            column: column,
            data.words.map { word in
                var word = word
                if case .yes = word.withUTF8({ regex.match($0, scratch) }) { return true }
                return false
            })
    }

    private func texts(_ column: Int, _ text: FilterText, isWhole: Bool) -> CompiledFilter {
        let folded = Folding.fold(text.text)
        switch table.columns[column].storage {
        case .text:
            if folded.contains(FoldedText.separator) { return .constant(false) }
            let exact = text.matchesCase ? Array(text.text.utf8) : nil
            return .text(column: column, folded: folded, exact: exact, isWhole: isWhole)
        case .words, .refs:
            let needle = text.matchesCase ? Array(text.text.utf8) : folded
            let hasParts = table.resource.fields[column].type == .states
            return codes(column) { word in
                let hay = text.matchesCase ? Array(word.utf8) : Folding.fold(word)
                if isWhole, hasParts,
                    hay.split(separator: UInt8(ascii: " ")).contains(where: { $0.elementsEqual(needle) })
                {
                    return true
                }
                return isWhole ? hay == needle : Bytes.contains(hay, needle)
            }
        case .integers where table.resource.fields[column].type == .flag:
            guard let flag = FlagWord.read(text.text) else { return .constant(false) }
            return numbers(column, flag ? 1...1 : 0...0)
        case .integers, .numbers:
            guard let number = Quantity.read(text.text)?.number else { return .constant(false) }
            return numbers(column, number...number)
        }
    }

    private func codes(_ column: Int, _ test: (String) -> Bool) -> CompiledFilter {
        guard table.columns[column].holdsText else { return .constant(false) }
        return .codes(column: column, table.columns[column].words.map(test))
    }

    private func numbers(_ column: Int, _ range: ClosedRange<Double>) -> CompiledFilter {
        switch table.columns[column].storage {
        case .integers: .integers(column: column, range)
        case .numbers: .numbers(column: column, range)
        case .text, .words, .refs: .constant(false)
        }
    }

    private func age(_ comparison: FilterComparison, _ operand: String, columns keys: [FieldKey])
        -> CompiledFilter
    {
        let columns = keys.compactMap(table.resource.index).filter { table.columns[$0].storage == .integers }
        guard !columns.isEmpty, let age = Quantity.read(operand)?.number else { return .constant(false) }
        return .ages(columns: columns, now: context.now.seconds, comparison.range(age))
    }
}

extension FilterComparison {
    /// The numbers that pass.
    func range(_ bound: Double) -> ClosedRange<Double> {
        switch self {
        case .less: -Double.infinity...bound.nextDown
        case .lessOrEqual: -Double.infinity...bound
        case .greater: bound.nextUp...Double.infinity
        case .greaterOrEqual: bound...Double.infinity
        }
    }
}
