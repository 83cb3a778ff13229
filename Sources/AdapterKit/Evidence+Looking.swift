package import Domain

extension Evidence {
    /// What is to be seen of entities that are read one by one.
    package static func each(
        _ entities: [EntityRef], _ look: (EntityRef) async throws(BackendError) -> Evidence
    ) async -> [EntityRef: Evidence] {
        var found: [EntityRef: Evidence] = [:]
        for entity in entities {
            do throws(BackendError) {
                found[entity] = try await look(entity)
            } catch {
                found[entity] = .unreadable(error)
            }
        }
        return found
    }

    /// What is to be seen of entities in one reading of all.
    package static func all<Reading>(
        _ entities: [EntityRef], in read: () async throws(BackendError) -> Reading,
        _ look: (EntityRef, Reading) async throws(BackendError) -> Evidence
    ) async -> [EntityRef: Evidence] {
        do throws(BackendError) {
            let reading = try await read()
            return await each(entities) { (entity) async throws(BackendError) in
                try await look(entity, reading)
            }
        } catch {
            return Dictionary(entities.map { ($0, .unreadable(error)) }, uniquingKeysWith: { $1 })
        }
    }
}
