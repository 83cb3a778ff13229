internal import AdapterKit
internal import Canvas
internal import Domain
internal import PNG

extension EffectRunner {
    func list(picturesOf entity: EntityRef) async -> Result<[PictureDescriptor], BackendError> {
        guard let adapter = connection(entity.backend)?.adapter else { return .failure(Self.gone) }
        do throws(BackendError) {
            return .success(try await adapter.pictures(of: entity))
        } catch {
            return .failure(error)
        }
    }

    /// Decodes here: the main thread never looks at what a server drew.
    func image(_ request: PictureRequest) async -> Result<PixelImage, BackendError> {
        do throws(BackendError) {
            return .success(try Self.decode(try await file(request)))
        } catch {
            return .failure(error)
        }
    }

    /// Fetches a picture and keeps it as the server drew it; what is damaged is not kept.
    func save(_ request: PictureRequest) async -> Result<String, BackendError> {
        do throws(BackendError) {
            let bytes = try await file(request)
            _ = try Self.decode(bytes)
            let backend = connection(request.entity.backend)?.settings.name ?? ""
            let when = CivilTime.fields(clock.wall, offset: clock.zone).text
            let name = PictureAlbum.name([
                backend, request.entity.description, request.picture.title, request.span.words, when,
            ])
            return .success(try pictures.keep(bytes, as: name))
        } catch {
            return .failure(error)
        }
    }

    private func file(_ request: PictureRequest) async throws(BackendError) -> [UInt8] {
        guard let adapter = connection(request.entity.backend)?.adapter else { throw Self.gone }
        return try await adapter.picture(request)
    }

    private static func decode(_ bytes: [UInt8]) throws(BackendError) -> PixelImage {
        do throws(PNGError) {
            return try PNG.decode(bytes)
        } catch {
            throw BackendError(.invalid, error.words)
        }
    }

    private static let gone = BackendError(.missing, "this backend is not configured any more")
}
