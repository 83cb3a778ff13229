internal import CPCRE2
internal import Domain

/// A regular expression in a filter; without an upper-case letter it matches in any case.
public struct FilterPattern: Hashable, Sendable {
    /// As the operator wrote it, without the slashes.
    public let source: String
    /// Whether upper and lower case differ.
    public let matchesCase: Bool

    /// Makes an expression, if it is one.
    ///
    /// - Throws: why it is not; the column counts the scalars of the expression before the mistake.
    public init(_ source: String) throws(FilterRemark) {
        self.source = source
        matchesCase = Self.hasUpperCaseLiteral(source)
        _ = try Regex.compile(source, matchesCase: matchesCase)
    }

    /// Upper-case letters behind a backslash are classes, not text.
    private static func hasUpperCaseLiteral(_ source: String) -> Bool {
        var isEscaped = false
        for scalar in source.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if Folding.hasUpperCase(String(scalar)) {
                return true
            }
        }
        return false
    }
}

/// A compiled regular expression.
///
/// It never changes, so any number of threads may match with it at once.
final class Regex: Sendable {
    // The code is not written after it was compiled, and PCRE2 allows matching with it from many threads.
    private nonisolated(unsafe) let code: OpaquePointer

    private init(_ code: OpaquePointer) { self.code = code }

    deinit { cpcre2_free(code) }

    static func compile(_ source: String, matchesCase: Bool) throws(FilterRemark) -> Regex {
        var source = source
        var offset = 0
        var message = [CChar](repeating: 0, count: 160)
        let code = source.withUTF8 { bytes in
            // An empty buffer may have no address.
            withUnsafePointer(to: UInt8(0)) { nothing in
                cpcre2_compile(
                    bytes.baseAddress ?? nothing, bytes.count, matchesCase ? 0 : 1, &offset, &message,
                    message.count)
            }
        }
        if let code { return Regex(code) }
        let words = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let before = String(decoding: source.utf8.prefix(offset), as: UTF8.self)
        throw FilterRemark(
            column: before.unicodeScalars.count, words: "the regular expression is not valid: \(words)")
    }

    /// What matching said about one text.
    enum Verdict: Equatable { case no, yes(Range<Int>), gaveUp }

    /// The stack, limits and result of matching; one thread at a time.
    final class Scratch {
        fileprivate let pointer: OpaquePointer?

        /// Makes one; for few texts without the larger stack, which costs more to make than they need.
        init(forFewTexts: Bool = false) { pointer = cpcre2_scratch_create(forFewTexts ? 0 : 1) }
        deinit { if let pointer { cpcre2_scratch_free(pointer) } }
    }

    /// Matches valid UTF-8 from an offset on.
    func match(_ text: UnsafeBufferPointer<UInt8>, from: Int = 0, _ scratch: Scratch) -> Verdict {
        guard let pointer = scratch.pointer else { return .gaveUp }
        var start = 0
        var end = 0
        let result = withUnsafePointer(to: UInt8(0)) { nothing in
            cpcre2_match(code, pointer, text.baseAddress ?? nothing, text.count, from, &start, &end)
        }
        switch Int(result) {
        case Int(CPCRE2_MATCH): return .yes(start..<end)
        case Int(CPCRE2_NO_MATCH): return .no
        default: return .gaveUp
        }
    }

    /// The named groups, with the number of each.
    var groups: [(name: String, number: UInt32)] {
        (0..<cpcre2_name_count(code)).compactMap { place in
            var number: UInt32 = 0
            return cpcre2_name(code, place, &number).map { (String(cString: $0), number) }
        }
    }

    /// What some groups matched, by number; nil where the expression does not match.
    func groups(_ numbers: [UInt32], in text: String) -> [String?]? {
        var text = text
        return text.withUTF8 { bytes in
            var starts = [Int](repeating: 1, count: numbers.count)
            var ends = [Int](repeating: 0, count: numbers.count)
            let result = withUnsafePointer(to: UInt8(0)) { nothing in
                cpcre2_match_groups(
                    code, bytes.baseAddress ?? nothing, bytes.count, numbers, numbers.count, &starts, &ends)
            }
            guard result == Int32(CPCRE2_MATCH) else { return nil }
            return zip(starts, ends).map { start, end in
                start <= end ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
            }
        }
    }
}
