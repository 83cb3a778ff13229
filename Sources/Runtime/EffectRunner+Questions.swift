internal import AdapterKit
internal import Dashboard
internal import Domain

/// What is asked of a server besides its lists.
extension EffectRunner {
    func table(of search: Search) async -> Result<Table, BackendError> {
        guard let adapter = connection(search.backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(try await adapter.search(search.kind, search.text))
        } catch {
            return .failure(error)
        }
    }

    func locate(
        _ address: NetworkAddress, _ backend: BackendID
    ) async -> Result<Located, BackendError> {
        guard let adapter = connection(backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(try await adapter.locate(address))
        } catch {
            return .failure(error)
        }
    }

    func children(of entity: EntityRef) async -> Result<[Detail.Line], BackendError> {
        guard let adapter = connection(entity.backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(try await adapter.children(of: entity))
        } catch {
            return .failure(error)
        }
    }

    func detail(of entity: EntityRef) async -> Result<Detail, BackendError> {
        guard let adapter = connection(entity.backend)?.adapter else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        do throws(BackendError) {
            return .success(
                try await adapter.detail(of: entity) { [inbox] part in
                    inbox.post(.partlyDetailed(entity, part))
                })
        } catch {
            return .failure(error)
        }
    }
}
