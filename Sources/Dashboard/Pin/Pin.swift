import Domain

/// The second table under the first: what belongs to the row under the cursor there.
struct Pin: Sendable {
    /// The panes that have one.
    private(set) var panes: Set<PaneName> = []
    /// Whether it has the keys, where it is shown.
    private(set) var hasFocus = false

    /// From so many lines on two tables have room.
    static let leastLines = 30

    /// Shows it under a pane, or hides it.
    mutating func toggle(_ pane: PaneName) {
        if panes.remove(pane) == nil { panes.insert(pane) }
        hasFocus = false
    }

    /// Gives it the keys, or the table above.
    mutating func focus(_ hasFocus: Bool) { self.hasFocus = hasFocus }
}

/// What stands in the second table for a row of the first.
struct Companion: Equatable {
    /// The pane whose rows they are.
    let pane: PaneName
    /// Whom they belong to.
    let owner: EntityRef

    /// The panes that are looked through for what belongs to something: the nearest to the trouble first.
    private static let panes: [PaneName] = [.bonds, .ports, .devices, .customers, .alerts]

    /// What belongs to a row: to itself, else to the device or the customer that it is of; of an alert, which nothing
    /// belongs to, at once to those.
    init?(_ table: Table, _ row: Int, of backend: BackendState, under pane: PaneName) {
        var owners = table.resource.kind == .alert ? [] : [table.refs[row]]
        for key in Self.of {
            guard let place = table.resource.index(of: key),
                case .ref(let entity, _) = table.value(row, place)
            else { continue }
            owners.append(entity)
        }
        for owner in owners {
            guard let found = Self.pane(of: owner.kind, backend, under: pane) else { continue }
            (self.pane, self.owner) = (found, owner)
            return
        }
        return nil
    }

    /// Whether anything may belong to the rows of a resource.
    static func exists(for resource: ResourceDescriptor, of backend: BackendState) -> Bool {
        guard let pane = resource.pane else { return false }
        let kinds = of.compactMap { key -> ResourceKind? in
            guard let place = resource.index(of: key), case .ref(let kind) = resource.fields[place].type
            else { return nil }
            return kind
        }
        return ((resource.kind == .alert ? [] : [resource.kind]) + kinds).contains {
            Self.pane(of: $0, backend, under: pane) != nil
        }
    }

    private static let of: [FieldKey] = [.device, .customer]

    private static func pane(of kind: ResourceKind, _ backend: BackendState, under pane: PaneName)
        -> PaneName?
    {
        panes.first { wanted in
            wanted != pane && backend.resources.contains { $0.pane == wanted && $0.owner(kind) != nil }
        }
    }
}

extension PaneName {
    private static let suffix = " below"

    /// The name of the second table that shows rows of this pane.
    var below: PaneName { PaneName(rawValue: rawValue + Self.suffix) }

    /// Whether it is the name of a second table.
    var isBelow: Bool { rawValue.hasSuffix(Self.suffix) && collection == nil }

    /// The pane whose rows a second table shows; the pane itself of any other.
    var above: PaneName { isBelow ? PaneName(rawValue: String(rawValue.dropLast(Self.suffix.count))) : self }
}

extension EntityRef {
    /// Whether rows of a table can belong to it.
    func mayHoldRows(_ table: Table) -> Bool {
        table.backend == backend && table.resource.owner(kind) != nil
    }
}
