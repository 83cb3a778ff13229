import Domain
import Filter
import Runtime

/// Rows and columns to print.
struct Listing {
    /// One column of every row.
    enum Column: Hashable {
        /// What every row has besides its fields.
        case backend, kind, id, name, fetchedAt
        /// Where a row is in its server's API.
        case path
        /// The rows of other servers that it is certainly linked with.
        case linkedTo
        /// A field; rows of a resource that has no such field have no value.
        case field(Field)

        /// The name in JSON and CSV, and behind `--columns`.
        var key: String {
            switch self {
            case .backend: "backend"
            case .kind: "kind"
            case .id: "id"
            case .name: "name"
            case .fetchedAt: "fetched_at"
            case .path: "path"
            case .linkedTo: "linked_to"
            case .field(let field): field.key.rawValue
            }
        }

        /// What every row has, in the order of output.
        static let common: [Column] = [.backend, .kind, .id, .name, .fetchedAt, .linkedTo]
    }

    /// What every row has besides its fields.
    enum Style {
        /// Rows of a list that an adapter describes.
        case listed
        /// Rows as a server gives them: `id` and `name` are its own fields.
        case browsed
        /// Rows whose fields are all there is of them.
        case recorded

        /// The columns in the order of output.
        var common: [Column] {
            switch self {
            case .listed: Column.common
            case .browsed: [.backend, .path, .fetchedAt]
            case .recorded: []
            }
        }
    }

    /// The rows in order.
    let arrangement: Arrangement
    /// The columns that were asked for; nil when none were.
    let chosen: [Column]?
    /// The fields of all rows' resources, in order.
    let allFields: [Field]
    /// The names of the backends.
    let backends: [String]
    /// When each backend's rows arrived.
    let fetchedAt: [BackendID: Timestamp]
    /// What ages count to.
    let now: Timestamp
    /// How many of the rows are printed.
    let count: Int
    private let style: Style
    private let links: LinkedRows?

    /// Takes the named columns, else all fields of the rows' resources.
    init(
        _ arrangement: Arrangement, columns: String?, network: Network, fetchedAt: [BackendID: Timestamp],
        limit: Int? = nil, style: Style = .listed, links: LinkedRows? = nil
    ) throws {
        try self.init(
            arrangement, columns: columns, backends: network.plans.map(\.name), now: network.clock.wall,
            fetchedAt: fetchedAt, limit: limit, style: style, links: links)
    }

    /// Takes the same where there is no network.
    init(
        _ arrangement: Arrangement, columns: String?, backends: [String], now: Timestamp,
        fetchedAt: [BackendID: Timestamp], limit: Int? = nil, style: Style, links: LinkedRows? = nil
    ) throws {
        self.links = links
        self.arrangement = arrangement
        self.style = style
        count = min(arrangement.count, limit ?? .max)
        self.fetchedAt = fetchedAt
        self.backends = backends
        self.now = now
        var fields: [Field] = []
        var seen: Set<FieldKey> = []
        for field in arrangement.tables.flatMap(\.resource.fields) where seen.insert(field.key).inserted {
            fields.append(field)
        }
        allFields = fields
        chosen = try columns.map { try Self.columns($0, among: fields, style.common) }
    }

    /// The columns that `--columns` names.
    static func columns(
        _ words: String, among fields: [Field], _ every: [Column]
    ) throws -> [Column] {
        try words.split(separator: ",").map { word in
            if let field = fields.first(where: { $0.key.rawValue == word }) { return .field(field) }
            if let common = every.first(where: { $0.key == word }) { return common }
            let known = (every.map(\.key) + fields.map(\.key.rawValue))
                .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            throw Failure(
                .usage,
                "--columns: unknown field \"\(word)\"\(Nearest.choices(String(word), among: known))")
        }
    }

    /// The fields to print, those that were asked for or all.
    var fields: [Field] {
        guard let chosen else { return allFields }
        return chosen.compactMap { if case .field(let field) = $0 { field } else { nil } }
    }

    /// The columns of an object: what every row has, then the fields that are to be printed.
    var objectColumns: [Column] {
        let taken = Set(style.common.map(\.key))
        let saysLinks = chosen?.contains(.linkedTo) ?? (links != nil)
        return style.common.filter { $0 != .linkedTo }
            + fields.filter { !taken.contains($0.key.rawValue) }.map(Column.field)
            + (saysLinks ? [.linkedTo] : [])
    }

    /// The columns for a table of values: exactly those that were asked for, else all.
    var valueColumns: [Column] { chosen ?? objectColumns }

    /// The columns for eyes: exactly those that were asked for, else all; of rows as a server gives them those that hold
    /// anything, behind the path where each row has one.
    var shownColumns: [Column] {
        if let chosen { return chosen }
        switch style {
        case .listed: return [.backend] + fields.map(Column.field)
        case .recorded: return fields.filter { $0.priority != nil }.map(Column.field)
        case .browsed: break
        }
        let hasPaths = arrangement.rows.first.map {
            !arrangement.tables[$0.table].refs[$0.row].id.contains("#")
        }
        return (hasPaths == true ? [.path] : []) + fields.filter { $0.priority != nil }.map(Column.field)
    }

    /// The name of the backend that a table's rows are of.
    func backend(_ table: Table) -> String {
        backends.indices.contains(Int(table.backend.index)) ? backends[Int(table.backend.index)] : ""
    }

    /// The rows of other servers that one is certainly linked with, as in `access:device/3`; nil where nobody looked.
    func linkedTo(_ entity: EntityRef) -> [String]? { links?.others(than: entity) }
}

/// Writes the cells of rows, with the places of their fields looked up once for each table.
struct CellWriter {
    private let listing: Listing
    private let columns: [Listing.Column]
    private let notation: ValueFormat
    /// For each table of the arrangement, the place of each column's field; nil where it has none.
    private let places: [[Int?]]
    private let arrivals: [[UInt8]]

    init(_ listing: Listing, _ columns: [Listing.Column], _ notation: ValueFormat) {
        self.listing = listing
        self.columns = columns
        self.notation = notation
        places = listing.arrangement.tables.map { table in
            columns.map { column in
                switch column {
                case .field(let field): table.resource.index(of: field.key)
                case .name: table.resource.index(of: table.resource.nameField)
                default: nil
                }
            }
        }
        arrivals = listing.arrangement.tables.map { table in
            var bytes: [UInt8] = []
            if let moment = listing.fetchedAt[table.backend] {
                notation.append(moment, to: &bytes)
            } else {
                notation.appendNone(to: &bytes)
            }
            return bytes
        }
    }

    /// Writes one cell of a row of the arrangement.
    func append(_ column: Int, of position: Int, to bytes: inout [UInt8]) {
        let handle = listing.arrangement.rows[position]
        let table = listing.arrangement.tables[handle.table]
        switch columns[column] {
        case .backend: notation.append(listing.backend(table), to: &bytes)
        case .kind: notation.append(table.refs[handle.row].kind.rawValue, to: &bytes)
        case .id, .path: notation.append(table.refs[handle.row].id, to: &bytes)
        case .fetchedAt: bytes.append(contentsOf: arrivals[handle.table])
        case .name: notation.append(table.name(handle.row), to: &bytes)
        case .linkedTo:
            guard let others = listing.linkedTo(table.refs[handle.row]) else {
                return notation.appendNone(to: &bytes)
            }
            notation.append(others.joined(separator: " "), to: &bytes)
        case .field:
            guard let place = places[handle.table][column] else { return notation.appendNone(to: &bytes) }
            let value = table.value(handle.row, place)
            if table.resource.fields[place].type == .states, case .text(let words) = value {
                return notation.append(words: words, to: &bytes)
            }
            append(value, to: &bytes)
        }
    }

    private func append(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .none: notation.appendNone(to: &bytes)
        case .text(let text): notation.append(text, to: &bytes)
        case .integer(let number): notation.append(number, to: &bytes)
        case .number(let number): notation.append(number, to: &bytes)
        case .flag(let flag): notation.append(flag, to: &bytes)
        case .time(let moment): notation.append(moment, to: &bytes)
        case .ref(let entity, let name): notation.append(name.isEmpty ? entity.id : name, to: &bytes)
        }
    }
}
