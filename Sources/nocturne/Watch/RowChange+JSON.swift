import Domain
import Filter
import JSON
import Runtime

extension RowChange {
    /// The change as one flat object, with `changed` and `before` where fields changed.
    func tree(backend: String, at moment: Timestamp) -> JSONTree {
        var members: [JSONTree.Member] = [
            .init("event", .string(event.rawValue)), .init("at", .string(moment.iso8601)),
            .init("backend", .string(backend)), .init("kind", .string(table.resource.kind.rawValue)),
            .init("id", .string(table.refs[row].id)), .init("name", .string(table.name(row))),
        ]
        if event == .gone { members.append(.init("listed", .bool(isListed))) }
        if event == .changed {
            members.append(.init("changed", .array(before.map { .string($0.key.rawValue) })))
            members.append(
                .init(
                    "before",
                    .object(
                        before.map { key, value in
                            let field = table.resource.fields.first { $0.key == key }
                            return .init(key.rawValue, JSONTree(value, field?.type ?? .text))
                        })))
        }
        let taken = Set(members.map(\.key))
        for field in table.resource.fields where !taken.contains(field.key.rawValue) {
            members.append(.init(field.key.rawValue, JSONTree(table.value(row, field.key), field.type)))
        }
        return .object(members)
    }
}
