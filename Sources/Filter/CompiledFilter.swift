internal import Domain

/// An expression made ready for the rows of one table.
struct CompiledFilter {
    let table: Table
    let words: [(bytes: [UInt8], isNegated: Bool)]

    init(_ expression: FilterExpression, _ table: Table, _ context: FilterContext) {
        self.table = table
        var words: [(bytes: [UInt8], isNegated: Bool)] = []
        func collect(_ expression: FilterExpression) {
            switch expression {
            case .text(let text): words.append((Folding.fold(text.text), false))
            case .not(.text(let text)): words.append((Folding.fold(text.text), true))
            case .all(let all): all.forEach(collect)
            default: break
            }
        }
        collect(expression)
        self.words = words
    }

    func matches(_ row: Int) -> Bool {
        if words.isEmpty { return true }
        let folded = table.folded
        let text = folded.bytes[Int(folded.offsets[row])..<Int(folded.offsets[row + 1])]
        return words.allSatisfy { word in text.contains(word.bytes) != word.isNegated }
    }
}
