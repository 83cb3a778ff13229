import Domain

extension LinkIndex {
    /// The same port at other servers: of the same name on the same device, where that is one name on each.
    func interfaces(of entity: EntityRef, _ finder: inout LinkFinder) -> [Link] {
        guard let home = contribution(of: entity), home.interfaceColumn != nil,
            let row = home.table.row(of: entity), let device = home.device(row), device.kind != .port
        else { return [] }
        // Most devices are on one server: whether this one is costs less than the names of all its ports.
        let twins = finder.identities(ofDevice: device)
        guard !twins.isEmpty, let (column, name) = home.interface(row) else { return [] }
        let others = contributions.filter {
            $0.table.backend != entity.backend && $0.interfaceColumn != nil
        }
        guard !others.isEmpty, home.ports(of: device, called: name) == [entity] else { return [] }
        var links: [Link] = []
        for twin in twins {
            for other in others where other.table.backend == twin.other.backend {
                let ports = other.ports(of: twin.other, called: name)
                guard ports.count == 1, let port = ports.first, let place = other.interfaceColumn else {
                    continue
                }
                let reason = Link.Reason(
                    key: "interface", value: name, field: home.table.resource.fields[column].key,
                    otherField: other.table.resource.fields[place].key)
                links.append(
                    Link(
                        other: port, evidence: .exact, isSameThing: port.kind == entity.kind,
                        reasons: [reason] + twin.reasons))
            }
        }
        return links
    }
}

extension Contribution {
    var interfaceColumn: Int? { layout.fields.first { $0.key == .interface }?.column }

    func interface(_ row: Int) -> (column: Int, name: String)? {
        guard let column = interfaceColumn, let name = InterfaceName.normalised(table.text(row, column))
        else {
            return nil
        }
        return (column, name)
    }

    /// What a port is on: the entity that it needs.
    func device(_ row: Int) -> EntityRef? {
        for (column, dependence) in layout.references where dependence == .ofRow {
            let packed = table.columns[column].packed[row]
            if packed != Column.noRef { return EntityRef(packed: packed) }
        }
        return nil
    }

    /// The ports of a device that have a name.
    func ports(of device: EntityRef, called name: String) -> [EntityRef] {
        rows(referringTo: device).map { EntityRef(packed: $0.entity) }.filter {
            table.row(of: $0).flatMap { interface($0)?.name } == name
        }
    }
}
