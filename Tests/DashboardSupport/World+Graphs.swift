import Canvas
import Dashboard
import Domain

extension World {
    static let graphs = [
        PictureDescriptor(id: "device_bits", title: "Device traffic"),
        PictureDescriptor(id: "device_processor", title: "Processor usage"),
        PictureDescriptor(id: "device_uptime", title: "System uptime"),
    ]

    /// A graph as servers draw them: a white ground, a green hill, a blue one upside down, a line between.
    private static let image: PixelImage? = {
        let (width, height) = (160, 96)
        let pixels = (0..<width * height).map { place -> UInt32 in
            let (x, y) = (place % width, place / width)
            let hill = 24 + (x * 7 % 60) / 3
            if y == height / 2 { return 0x000000 }
            if y < height / 2, height / 2 - y < hill { return 0x90B040 }
            if y > height / 2, y - height / 2 < hill / 2 { return 0x8080C0 }
            return 0xFFFFFF
        }
        return PixelImage(width: width, height: height, pixels: pixels)
    }()

    /// The graph arrives.
    static func drawn(_ request: PictureRequest) -> Event {
        .pictured(request, image.map { .success($0) } ?? .failure(BackendError(.invalid, "no graph")))
    }

    /// A desk where the graphs of a device are listed.
    static func graphDesk(
        size: Size, terminal: Capabilities = Capabilities(colors: 256, unicode: true, name: "")
    ) -> Desk {
        var desk = Desk(World.state(size: size, terminal: terminal))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        desk.press("1")
        desk.go(to: device(core, 2))
        desk.press("Enter")
        desk.send(.detailed(device(core, 2), .success(detail)))
        desk.press("v")
        desk.send(.picturesListed(device(core, 2), .success(graphs)))
        return desk
    }
}
