package import JSON

/// A question about a row that is answered with yes, no, or that the row does not say it.
package struct Condition: Sendable, Hashable {
    let at: Pointer
    let test: Test
    /// Whether it holds where the row has no such member; nil where nobody knows.
    let otherwise: Bool?

    /// Asks about the value at a pointer.
    package init(_ at: Pointer, _ test: Test, otherwise: Bool? = nil) {
        self.at = at
        self.test = test
        self.otherwise = otherwise
    }

    /// What is asked of a value.
    package enum Test: Sendable, Hashable {
        /// Whether it is one of some words and none of others; with both lists, any other word says nothing.
        case words(yes: Set<String>?, no: Set<String>?)
        /// Whether a list or an object has nothing in it.
        case empty(Bool)
        /// Whether there is a value.
        case exists(Bool)
    }

    /// The answer; nil where the row does not say it.
    package func judge(_ row: JSONValue) -> Bool? {
        let match = at.match(in: row)
        if case .nothing = match {
            // Null is the server's word for nothing; a member that is not there may be a slip of the file.
            if case .exists(let wanted) = test, at.isNull(in: row) { return !wanted }
            return otherwise
        }
        switch test {
        case .exists(let wanted):
            if case .foreign = match { return nil }
            return wanted
        case .empty(let wanted):
            guard case .value(let value) = match else { return nil }
            let isEmpty: Bool
            switch value.kind {
            case .array: isEmpty = value.array?.isEmpty ?? true
            case .object: isEmpty = value.object?.isEmpty ?? true
            // A text where a list was says nothing of the list.
            case .null, .bool, .number, .string: return nil
            }
            return isEmpty == wanted
        case .words(let yes, let no):
            guard case .value(let value) = match, let word = value.word else { return nil }
            if yes?.contains(word) == true { return true }
            if no?.contains(word) == true { return false }
            return yes == nil ? true : no == nil ? false : nil
        }
    }

    /// Whether all of some conditions hold; nil where one of them is not known and none is false.
    static func all(_ conditions: [Condition], hold row: JSONValue) -> Bool? {
        var isKnown = true
        for condition in conditions {
            switch condition.judge(row) {
            case false: return false
            case nil: isKnown = false
            default: break
            }
        }
        return isKnown ? true : nil
    }
}

/// A condition with the word that holds where it does.
package struct Rule: Sendable, Hashable {
    let condition: Condition
    package let word: String

    /// Makes a rule.
    package init(_ condition: Condition, gives word: String) {
        self.condition = condition
        self.word = word
    }
}
