/// A row of one of several tables, in 4 bytes: 8 bits of table, 24 bits of row.
public struct RowHandle: Hashable, Sendable {
    /// The most tables that can be arranged together.
    public static let tableLimit = 1 << 8
    /// The most rows of a table that can be arranged.
    public static let rowLimit = 1 << 24

    /// Both as one number; in the order of tables, then rows.
    public let packed: UInt32

    /// Makes a handle; places beyond the limits are cut off.
    public init(table: Int, row: Int) {
        packed = UInt32(truncatingIfNeeded: table) << 24 | UInt32(truncatingIfNeeded: row) & 0xFF_FFFF
    }

    init(packed: UInt32) { self.packed = packed }

    /// The place of the table.
    public var table: Int { Int(packed >> 24) }
    /// The row in it.
    public var row: Int { Int(packed & 0xFF_FFFF) }
}
