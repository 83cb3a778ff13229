import Canvas
import Domain

extension State {
    /// The entity whose pictures are meant: the opened one, else the one under the cursor.
    private var pictured: EntityRef? { details.last?.entity ?? pane.cursor }

    /// Why no pictures can be shown; nil when they can.
    var reasonAgainstPictures: String? {
        guard let entity = pictured, let backend = backend(entity.backend) else {
            return "go to a device or a port first"
        }
        guard backend.info != nil else { return "\(backend.name) has not answered yet" }
        if entity.kind == .bill, measured(of: entity).isEmpty, details.last?.entity != entity {
            return "open the bill first: its curve comes with its details"
        }
        return backend.picturedKinds.contains(entity.kind) || isSampled(entity)
            || !measured(of: entity).isEmpty
            ? nil : "\(backend.name) draws no graphs of a \(entity.kind)"
    }

    mutating func openPictures() -> [Effect] {
        guard let entity = pictured else { return [] }
        var view = PictureView(entity, title: name(of: entity))
        // Of some kinds there is what was measured, and nothing else.
        let isDrawn = backend(entity.backend)?.picturedKinds.contains(entity.kind) == true
        if !isDrawn { view.list = [] }
        layers.push(view)
        return (isDrawn ? [.listPictures(entity)] : []) + askCharts()
    }

    mutating func picturesListed(
        _ entity: EntityRef, _ result: Result<[PictureDescriptor], BackendError>
    ) -> [Effect] {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        layers.update(PictureView.self) { view in
            guard view.entity == entity else { return }
            switch result {
            case .success(let list):
                view.list = list
                view.problem = nil
                view.focus = max(0, min(view.focus, list.count - 1))
            case .failure(let error):
                view.problem = error.words
            }
        }
        return []
    }

    mutating func pictured(
        _ request: PictureRequest, _ result: Result<PixelImage, BackendError>
    ) -> [Effect] {
        if case .failure(let error) = result { refused(request.entity.backend, by: error) }
        let (terminal, now, wall) = (terminal, now, wall)
        let ground = theme.sheet[Theme.style(.text)]
        let area = layers.last(PictureView.self)?.area(self) ?? Rect(0, 0, 0, 0)
        var next: [Effect] = []
        layers.update(PictureView.self) { view in
            guard view.pending == request else { return }
            view.pending = nil
            guard view.request == request else {
                // Another one is wanted by now.
                view.pending = view.request
                next = view.request.map { [.picture($0)] } ?? []
                return
            }
            switch result {
            case .success(let image):
                let ago = request.secondsAgo
                let asked = view.openedAt ?? wall
                view.shown = PictureView.Shown(
                    request: request, image: image,
                    mosaic: Mosaic(image, Size(area.width, area.height), on: terminal, ground: ground),
                    ground: ground, arrivedAt: now,
                    from: Timestamp(asked.seconds - ago.start), to: Timestamp(asked.seconds - ago.end))
                view.pictureProblem = nil
            case .failure(let error):
                view.pictureProblem = error.words
            }
        }
        return next
    }

    mutating func pictureSaved(_ result: Result<String, BackendError>) {
        switch result {
        case .success(let path):
            // The name first: on a narrow screen the end is cut, and the directory is always the same.
            let name = path.split(separator: "/").last ?? ""
            showMessage(.good, "saved as \(name) in \(path.dropLast(name.count + 1))", stays: true)
        case .failure(let error): showMessage(.bad, "not saved: \(error.words)")
        }
    }

    /// Fits the shown picture to a screen that has another size, or another theme, now.
    mutating func fitPicture() {
        guard let area = layers.last(PictureView.self)?.area(self) else { return }
        let size = Size(area.width, area.height)
        let (terminal, ground) = (terminal, theme.sheet[Theme.style(.text)])
        layers.update(PictureView.self) { view in
            guard let image = view.shown?.image,
                view.shown?.mosaic.size != size || view.shown?.ground != ground
            else { return }
            view.shown?.mosaic = Mosaic(image, size, on: terminal, ground: ground)
            view.shown?.ground = ground
        }
    }
}
