import Dashboard
import Domain
import JSON

extension Preferences.Change {
    /// The change as a line of the file.
    var tree: JSONTree {
        switch self {
        case .save(let view): ["save": view.tree]
        case .remove(let name): ["remove": .string(name)]
        case .snooze(let snooze): ["snooze": snooze.tree]
        case .wake(let snooze): ["wake": snooze.tree]
        case .theme(let name): ["theme": name.map { .string($0) } ?? .null]
        case .arrange(let pane, let choice): ["pane": .string(pane.rawValue), "choice": choice.tree]
        }
    }

    /// Reads a line; nil when it says nothing that this version knows.
    init?(_ record: JSONValue) {
        if let view = record["save"].flatMap(SavedView.init) {
            self = .save(view)
        } else if let name = record["remove"]?.string {
            self = .remove(name)
        } else if let snooze = record["snooze"].flatMap(Snooze.init) {
            self = .snooze(snooze)
        } else if let snooze = record["wake"].flatMap(Snooze.init) {
            self = .wake(snooze)
        } else if let theme = record["theme"] {
            self = .theme(theme.string.map { Cleaning.clean($0) })
        } else if let pane = record["pane"]?.string {
            self = .arrange(PaneName(rawValue: pane), PaneChoice(record["choice"]))
        } else {
            return nil
        }
    }
}

extension SavedView {
    fileprivate var tree: JSONTree {
        [
            "name": .string(name), "pane": .string(pane.rawValue), "filter": .string(filter),
            "problems": .bool(problemsOnly), "unacknowledged": .bool(hidesAcknowledged),
            "backend": backend.map { .string($0) } ?? .null, "choice": choice.tree,
        ]
    }

    fileprivate init?(_ record: JSONValue) {
        guard let name = record["name"]?.string, !name.isEmpty, let pane = record["pane"]?.string else {
            return nil
        }
        self.init(
            name: Cleaning.clean(name), pane: PaneName(rawValue: pane),
            filter: record["filter"]?.string ?? "",
            problemsOnly: record["problems"]?.flag ?? false,
            hidesAcknowledged: record["unacknowledged"]?.flag ?? false, backend: record["backend"]?.string,
            choice: PaneChoice(record["choice"]))
    }
}

extension Snooze {
    fileprivate var tree: JSONTree {
        [
            "backend": .string(backend), "kind": .string(kind.rawValue), "id": .string(id),
            "name": .string(name), "at": .integer(at.seconds),
            "until": until.map { .integer($0.seconds) } ?? .null, "severity": .string(rowState.severity),
            "state": .string(rowState.state), "began": rowState.began.map { .integer($0) } ?? .null,
        ]
    }

    fileprivate init?(_ record: JSONValue) {
        guard let backend = record["backend"]?.string, let kind = record["kind"]?.string,
            let id = record["id"]?.string, let at = record["at"]?.int64
        else { return nil }
        self.init(
            backend: backend, kind: ResourceKind(rawValue: kind), id: id,
            name: Cleaning.clean(record["name"]?.string ?? id), at: Timestamp(at),
            until: record["until"]?.int64.map { Timestamp($0) },
            rowState: RowState(
                severity: record["severity"]?.string ?? "", state: record["state"]?.string ?? "",
                began: record["began"]?.int64))
    }
}

extension PaneChoice {
    fileprivate var tree: JSONTree {
        [
            "order": order.map { levels in
                .array(
                    levels.map { ["field": .string($0.field.rawValue), "descending": .bool($0.descending)] })
            } ?? .null,
            "columns": columns.map { columns in
                .array(
                    columns.map {
                        [
                            "field": .string($0.key.rawValue), "shown": .bool($0.isShown),
                            "width": $0.width.map { .integer(Int64($0)) } ?? .null,
                        ]
                    })
            } ?? .null,
        ]
    }

    fileprivate init(_ record: JSONValue?) {
        let order = record?["order"]?.array?.compactMap { level -> SortKey? in
            level["field"]?.string.map {
                SortKey(FieldKey(rawValue: $0), descending: level["descending"]?.flag ?? false)
            }
        }
        let columns = record?["columns"]?.array?.compactMap { column -> ColumnChoice? in
            guard let key = column["field"]?.string else { return nil }
            let width = column["width"]?.int64.flatMap { Int(exactly: $0) }
            return ColumnChoice(
                FieldKey(rawValue: key), isShown: column["shown"]?.flag ?? true,
                width: width.map { max(1, min(80, $0)) })
        }
        self.init(order: order, columns: columns)
    }
}
