import Domain
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("The curve of a bill")
struct BillCurveTests {
    private func curves(_ data: String, _ bill: String) throws -> [Curve] {
        let data = try JSONDocument(Array(data.utf8)).root
        let bill = try JSONDocument(Array(bill.utf8)).root
        return BillCurves(data, BillCount(bill)).curves
    }

    private static let data = """
        {"ticks":[300,600,900,2100],"in_data":[8,16,null,24],"out_data":["4","5","6","7"],"tot_data":[8,16,8,16]}
        """

    @Test("of a rate both directions stand against what is allowed, with gaps where nothing was measured")
    func rate() throws {
        let curves = try curves(Self.data, #"{"bill_type":"cdr","bill_cdr":"100","rate_95th":"20"}"#)
        #expect(curves.map(\.title) == ["In", "Out"])
        #expect(curves.map(\.allowed) == [100, 100])
        #expect(curves[0].points.map(\.value) == [8, 16, nil, 24])
        #expect(curves[0].points.map(\.isAfterGap) == [false, false, false, true])
    }

    @Test("of a quota the sum stands against it, and what was not measured adds nothing")
    func quota() throws {
        let curves = try curves(
            Self.data, #"{"bill_type":"quota","bill_quota":"5000","total_data":"1500"}"#)
        #expect(curves.map(\.title) == ["Used"] && curves.first?.isTotal == true)
        #expect(curves.first?.points.map(\.value) == [300, 900, 1200, 1800])
        #expect(curves.first?.allowed == 5000)
    }

    @Test("lists of different lengths, none, and a bill of an unknown kind draw nothing")
    func nothing() throws {
        #expect(try curves(#"{"ticks":[1,2],"in_data":[1]}"#, #"{"bill_type":"cdr"}"#).isEmpty)
        #expect(try curves("{}", #"{"bill_type":"quota"}"#).isEmpty)
        #expect(try curves(Self.data, #"{"bill_type":"flat"}"#).isEmpty)
    }
}
