/// Why an answer could not be read as JSON, or did not hold what was expected.
///
/// No case quotes the inside of a document beyond the one value at fault, since answers hold secrets.
public enum JSONError: Error, Sendable, Equatable {
    /// There are no bytes, or only white space.
    case empty
    /// The bytes are not JSON from the start; often a page in HTML. The excerpt is its cleaned beginning.
    case notJSON(excerpt: String)
    /// It begins as JSON and is broken at a byte, counted from 0.
    case malformed(offset: Int, reason: String)
    /// It begins as JSON and ends in the middle, after so many bytes.
    case truncated(count: Int)
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// There was not enough memory to read so many bytes.
    case noMemory(count: Int)
    /// A value is not of the kind that was expected; the path looks like `alerts[3].state`.
    case wrongType(path: String, expected: String, found: String)
    /// A field that must be there is not.
    case missing(path: String)
}

extension JSONError: CustomStringConvertible {
    /// The reason in words for the operator.
    public var description: String {
        switch self {
        case .empty: "the answer is empty"
        case .notJSON(let excerpt): "the answer is not JSON; it begins with \"\(excerpt)\""
        case .malformed(let offset, let reason): "the answer is broken JSON at byte \(offset): \(reason)"
        case .truncated(let count): "the answer ends in the middle of its JSON, after \(count) bytes"
        case .tooDeep(let limit): "the answer nests its JSON deeper than \(limit) levels"
        case .noMemory(let count): "not enough memory to read an answer of \(count) bytes"
        case .wrongType(let path, let expected, let found): "\(path): expected \(expected), found \(found)"
        case .missing(let path): "\(path): missing"
        }
    }
}

/// Cuts text for an error: at most `limit` characters, nothing in it that could steer a terminal.
func excerpt(_ text: some StringProtocol, limit: Int = 40) -> String {
    var kept = ""
    var wasSpace = true
    var count = 0
    for scalar in text.unicodeScalars {
        if count == limit { return kept + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
            .privateUse, .unassigned:
            if !wasSpace { kept += " " } else { continue }
            wasSpace = true
        default:
            kept.unicodeScalars.append(scalar)
            wasSpace = false
        }
        count += 1
    }
    return kept
}
