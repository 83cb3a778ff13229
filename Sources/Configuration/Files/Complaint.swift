internal import Canvas
public import TOML

/// Something that is wrong with a file of the operator, with the place and what to do.
public struct Complaint: Error, Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Weight: String, Sendable, Hashable {
        /// What it is about can't be used.
        case error
        /// It is skipped, and the rest goes on.
        case warning
    }

    /// How bad it is.
    public let weight: Weight
    /// The path of the file.
    public let file: String
    /// The place in the file; nil when it is about the whole of it.
    public let position: TOMLPosition?
    /// What is wrong and what to do: one line that a terminal can show, whatever stands in the file.
    public let words: String

    /// The line in the file, from 1.
    public var line: Int? { position?.line }
    /// The column in the line, from 1.
    public var column: Int? { position?.column }

    /// Makes a complaint.
    public init(_ weight: Weight, _ file: String, _ position: TOMLPosition?, _ words: String) {
        self.weight = weight
        self.file = CleanText.oneLine(file)
        self.position = position
        let clean = CleanText.oneLine(words)
        self.words = clean.count > Self.limit ? clean.prefix(Self.limit) + "…" : clean
    }

    /// What is longer repeats something of the file that nobody wrote to be read.
    private static let limit = 1000

    /// `file:line:column: warning: words`, as editors understand it.
    public var description: String {
        let place = position.map { "\(file):\($0)" } ?? file
        return "\(place): \(weight.rawValue): \(words)"
    }
}

extension Array where Element == Complaint {
    /// Whether any of it is more than a warning.
    public var hasErrors: Bool { contains { $0.weight == .error } }
}
