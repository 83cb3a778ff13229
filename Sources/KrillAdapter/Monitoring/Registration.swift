internal import Domain
internal import JSON

/// Where a CPE is registered, in all the shapes that servers give it: a word, a list of words, nothing, or the
/// placeholders of a template that was never filled in.
struct Registration: Sendable, Equatable {
    /// The OLT or CMTS.
    var host: String?
    /// The place there, such as `0/13/6-6`.
    var id: String?
    /// `online`, `offline`, `alarm`, `dyinggasp`…; nil when the server does not say.
    var state: String?
    var tags: [String] = []

    /// The words of a value.
    static func words(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        let texts = value.array.map { $0.compactMap { $0.text } } ?? [value.text].compactMap { $0 }
        return texts.map { Cleaning.clean($0) }.filter { text in
            !text.allSatisfy(\.isWhitespace) && !(text.hasPrefix("__") && text.hasSuffix("__"))
        }
    }

    /// The first word of a value.
    static func word(_ value: JSONValue?) -> String? { words(value).first }

    /// The PON, as in `OLT02-0/3/9`; nil for what is on none.
    var pon: String? { tag ?? placed }

    /// Whether tag and place name different PONs.
    var isDoubtful: Bool {
        guard let tag, let placed else { return false }
        return tag != placed
    }

    private var tag: String? { tags.first { $0.contains("/") } }

    /// The PON by OLT and place.
    private var placed: String? {
        guard let host, let id, let dash = id.lastIndex(of: "-") else { return nil }
        let place = id[..<dash]
        return place.split(separator: "/").count == 3 ? "\(host)-\(place)" : nil
    }
}
