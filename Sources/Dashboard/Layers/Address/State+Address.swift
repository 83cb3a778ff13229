import Canvas
import Domain

/// The pages that servers have of entities in their own web interfaces.
extension State {
    /// Why there is no page of the entity in front; nil when there may be.
    var reasonAgainstAddress: String? {
        guard let entity = details.last?.entity ?? pane.cursor, let backend = backend(entity.backend) else {
            return "there is nothing here that has a web address"
        }
        if backend.info == nil { return "\(backend.name) has not answered yet" }
        if backend.webKinds.contains(entity.kind) { return nil }
        return "where \(backend.title) has a \(entity.kind) in its web interface is not known"
    }

    func askAddress(_ purpose: AddressPurpose) -> [Effect] {
        guard let entity = details.last?.entity ?? pane.cursor else { return [] }
        return [.address(entity, find(entity)?.table, purpose)]
    }

    mutating func addressed(
        _ entity: EntityRef, _ purpose: AddressPurpose, _ result: Result<String, BackendError>
    ) -> [Effect] {
        switch result {
        case .failure(let error):
            showMessage(.bad, error.words)
            return []
        case .success(let address):
            let copying = copy(CleanText.oneLine(address), named: address)
            guard purpose == .open else { return copying }
            let name = find(entity).map { $0.table.name($0.row) } ?? entity.id
            layers.push(AddressDialog(name: name, address: address, isOpened: opensAddresses))
            return copying + (opensAddresses ? [.browse(address)] : [])
        }
    }
}
