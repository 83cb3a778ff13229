internal import Domain

extension EffectRunner {
    /// Writes a text where pictures are saved, under a name that no other file has and that says when it was.
    func save(_ text: String, as name: String, _ ending: String) -> Result<String, BackendError> {
        let moment = CivilTime.fields(clock.wall, offset: clock.zone).iso8601
        do throws(BackendError) {
            return .success(
                try pictures.keep(
                    Array(text.utf8), as: PictureAlbum.name([name, moment]), ending: ending))
        } catch {
            return .failure(error)
        }
    }
}
