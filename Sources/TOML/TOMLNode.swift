/// A place in a file, counted from 1; columns are code points.
public struct TOMLPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The line.
    public let line: Int
    /// The column.
    public let column: Int

    /// Makes a position.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// In the order of reading.
    public static func < (a: TOMLPosition, b: TOMLPosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }

    /// `line:column`, as it follows a file's name.
    public var description: String { "\(line):\(column)" }
}

/// One value of a file, and where it stands.
public struct TOMLNode: Sendable, Hashable {
    /// Where the value begins.
    public let position: TOMLPosition
    /// The value.
    public let value: Value

    /// Makes a node.
    public init(_ value: Value, at position: TOMLPosition) {
        self.value = value
        self.position = position
    }

    /// The kinds of values.
    public enum Value: Sendable, Hashable {
        /// A text.
        case string(String)
        /// A whole number.
        case integer(Int64)
        /// A number with a fraction, an exponent, or `inf` and `nan`.
        case number(Double)
        /// `true` or `false`.
        case flag(Bool)
        /// A date, a time, or both; nothing in nocturne's files is one.
        case moment
        /// Values in order.
        case array([TOMLNode])
        /// Keys with values.
        case table(TOMLTable)
    }

    /// What kind of value it is, with its article, for complaints.
    public var kind: String {
        switch value {
        case .string: "a text"
        case .integer: "a whole number"
        case .number: "a number"
        case .flag: "true or false"
        case .moment: "a date or time"
        case .array: "a list"
        case .table: "a table"
        }
    }

    /// The text, if it is one.
    public var string: String? { if case .string(let text) = value { text } else { nil } }
    // Swift 6.3 crashes when it optimizes what these are inlined into.
    /// The whole number, if it is one.
    @inline(never) public var integer: Int64? { if case .integer(let number) = value { number } else { nil } }
    /// The number, whole or not.
    @inline(never) public var number: Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
    /// The flag, if it is one.
    @inline(never) public var flag: Bool? { if case .flag(let flag) = value { flag } else { nil } }
    /// The elements, if it is a list.
    public var array: [TOMLNode]? { if case .array(let nodes) = value { nodes } else { nil } }
    /// The table, if it is one.
    public var table: TOMLTable? { if case .table(let table) = value { table } else { nil } }
}
