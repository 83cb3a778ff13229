import Canvas
import Domain

extension State {
    /// How far back pictures go, in spans.
    private static let mostSpansAgo = 999
    /// The size of pictures in files: what LibreNMS draws when nothing is said.
    private static let fileSize = Size(1075, 300)

    /// The entity whose pictures are meant: the opened one, else the one under the cursor.
    private var pictured: EntityRef? { details.last?.entity ?? pane.cursor }

    /// Why no pictures can be shown; nil when they can.
    var reasonAgainstPictures: String? {
        guard let entity = pictured, let backend = backend(entity.backend) else {
            return "go to a device or a port first"
        }
        guard backend.info != nil else { return "\(backend.name) has not answered yet" }
        return backend.picturedKinds.contains(entity.kind)
            ? nil : "\(backend.name) draws no graphs of a \(entity.kind)"
    }

    mutating func openPictures() -> [Effect] {
        guard let entity = pictured else { return [] }
        overlays.append(.pictures(PictureView(entity, title: name(of: entity))))
        return [.listPictures(entity)]
    }

    mutating func picturesListed(
        _ entity: EntityRef, _ result: Result<[PictureDescriptor], BackendError>
    ) -> [Effect] {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        changePictures { view in
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
        let area = GraphPicture.area(self)
        let (terminal, now, wall) = (terminal, now, wall)
        var next: [Effect] = []
        changePictures { view in
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
                    mosaic: Mosaic(image, Size(area.width, area.height), on: terminal), arrivedAt: now,
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
            say(.good, "saved as \(name) in \(path.dropLast(name.count + 1))", stays: true)
        case .failure(let error): say(.bad, "not saved: \(error.words)")
        }
    }

    /// Fits the shown picture to a screen that has another size now.
    mutating func fitPicture() {
        let area = GraphPicture.area(self)
        let size = Size(area.width, area.height)
        let terminal = terminal
        changePictures { view in
            guard let image = view.shown?.image, view.shown?.mosaic.size != size else { return }
            view.shown?.mosaic = Mosaic(image, size, on: terminal)
        }
    }

    private mutating func changePictures(_ change: (inout PictureView) -> Void) {
        for place in overlays.indices {
            guard case .pictures(var view) = overlays[place] else { continue }
            change(&view)
            overlays[place] = .pictures(view)
        }
    }

    /// Does an action where pictures are on the screen; nil when they do not know it.
    mutating func run(_ action: OwnAction, onPictures view: PictureView) -> [Effect]? {
        if view.openedAt == nil { return run(action, onList: view) }
        switch action {
        case .cancel, .back, .close:
            changePictures {
                $0.request = nil
                $0.openedAt = nil
                $0.shown = nil
                $0.pictureProblem = nil
            }
            return []
        case .down, .nextField: return change(view) { $0.focus += 1 }
        case .up, .previousField: return change(view) { $0.focus -= 1 }
        case .zoomIn: return change(view, saying: "there is no shorter time than 6 h") { $0.zoom(by: -1) }
        case .zoomOut: return change(view, saying: "there is no longer time than 1 y") { $0.zoom(by: 1) }
        case .left: return change(view) { $0.spansAgo = min(Self.mostSpansAgo, $0.spansAgo + 1) }
        case .right: return change(view, saying: "this picture ends now") { $0.spansAgo -= 1 }
        case .refresh, .refreshAll: return ask(view)
        case .accept, .open: return []
        case .savePicture:
            guard var request = view.request else { return [] }
            request.width = Self.fileSize.width
            request.height = Self.fileSize.height
            say(.plain, "saving \(request.picture.title)", stays: true)
            return [.savePicture(request)]
        default: return leave(action)
        }
    }

    private mutating func run(_ action: OwnAction, onList view: PictureView) -> [Effect]? {
        let last = max(0, (view.list?.count ?? 0) - 1)
        let page = max(1, GraphPicture.area(self).height)
        var view = view
        switch action {
        case .down, .nextField: view.focus = min(last, view.focus + 1)
        case .up, .previousField: view.focus = max(0, view.focus - 1)
        case .pageDown, .halfPageDown: view.focus = min(last, view.focus + page)
        case .pageUp, .halfPageUp: view.focus = max(0, view.focus - page)
        case .top: view.focus = 0
        case .bottom: view.focus = last
        case .accept, .open, .right: return view.picture == nil ? [] : ask(view)
        case .refresh, .refreshAll:
            changePictures { $0.problem = nil }
            return [.listPictures(view.entity)]
        default: return leave(action)
        }
        replaceOverlay(.pictures(view))
        return []
    }

    /// Changes which picture is shown and asks for it; nothing when there is no such picture.
    private mutating func change(
        _ view: PictureView, saying words: String? = nil, _ change: (inout PictureView) -> Void
    ) -> [Effect] {
        var changed = view
        change(&changed)
        guard changed != view, changed.picture != nil, changed.spansAgo >= 0 else {
            if let words { say(.plain, words) }
            return []
        }
        return ask(changed)
    }

    /// Asks for the picture under the cursor.
    private mutating func ask(_ view: PictureView) -> [Effect] {
        guard let picture = view.picture else { return [] }
        var view = view
        let area = GraphPicture.area(self)
        // Enough pixels for what a cell shows, and few enough that a thin line is not lost between them.
        let request = PictureRequest(
            view.entity, picture, span: view.span, spansAgo: view.spansAgo,
            width: max(300, min(1600, area.width * 4)), height: max(120, min(800, area.height * 8)))
        view.request = request
        view.openedAt = wall
        view.pictureProblem = nil
        let isWaiting = view.pending != nil
        if !isWaiting { view.pending = request }
        replaceOverlay(.pictures(view))
        return isWaiting ? [] : [.picture(request)]
    }
}

extension PictureView {
    /// Covers more or less time; what it ended with stays in it.
    mutating func zoom(by step: Int) {
        let spans = PictureSpan.allCases
        guard let place = spans.firstIndex(of: span), spans.indices.contains(place + step) else { return }
        let end = span.rawValue * Int64(spansAgo)
        span = spans[place + step]
        spansAgo = Int(end / span.rawValue)
    }
}
