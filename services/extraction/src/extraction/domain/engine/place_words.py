"""Nouns that name somewhere to be, for prose and stage directions, and the words by which somebody is there."""

from extraction.domain.engine.words import word_set

ROOM_WORDS = word_set("room chamber apartment")
ROOMS = word_set(
    "room chamber apartment kitchen bedroom bed-room bedchamber parlour parlor drawing-room dining-room sitting-room living-room morning-room "
    "breakfast-room ballroom ball-room library study nursery attic garret cellar basement vault crypt dungeon cell hall hallway "
    "corridor passage passageway gallery staircase stairway stairs landing lobby foyer vestibule antechamber ante-room anteroom "
    "closet pantry scullery larder bathroom dressing-room cloakroom classroom schoolroom school-room office studio workshop "
    "laboratory surgery consulting-room counting-house counting-room storeroom loft conservatory verandah veranda porch balcony "
    "terrace courtyard cloister chapel dormitory ward bar bar-room barroom taproom tap-room saloon cabin stateroom galley "
    "forecastle hold boudoir refectory armoury throne-room courtroom waiting-room billiard-room smoking-room guardroom suite "
    "control-room engine-room boiler-room newsroom boardroom conference-room locker-room changing-room reading-room lounge atrium airlock lab",
)
BUILDINGS = word_set(
    "house mansion villa cottage hut shack cabin farmhouse farm-house farm lodge manor hall castle palace fortress fort tower "
    "lighthouse mill windmill barn stable stables shed outhouse coach-house summer-house greenhouse inn tavern hotel pub public-house "
    "ale-house café cafe restaurant shop store bakery bank school schoolhouse school-house college academy university church "
    "cathedral chapel abbey monastery convent temple mosque synagogue shrine tomb mausoleum sepulchre theatre theater "
    "opera-house museum hospital asylum prison jail gaol workhouse courthouse court factory warehouse station railway-station "
    "foundry shipyard brewery distillery dairy laundry cinema gymnasium supermarket garage hangar airport bakery butchery diner motel "
    "saloon dispensary infirmary sanatorium orphanage embassy consulate skyscraper windmill watchtower bunker igloo crematorium "
    "depot barracks garrison club club-house observatory bungalow chateau château ranch homestead tent wigwam lodging lodgings "
    "boarding-house lodging-house flat tenement almshouse vicarage parsonage rectory pavilion boathouse boat-house den lair "
    "cannery refinery winery tannery colliery granary silo terminal rink stadium casino nightclub hostel hospice clinic gym bookshop "
    "shop-front market saw-mill sawmill forge smithy post-office counting-house kiosk boutique salon pharmacy canteen cafeteria "
    "gasworks waterworks ironworks power-station pump-house printing-house print-shop penthouse caravan houseboat bunkhouse "
    "morgue mortuary catacombs archive sewer spaceport launchpad mess-hall guest-house guesthouse glasshouse boathouse",
)
OUTDOORS = word_set(
    "garden gardens yard back-yard backyard churchyard graveyard cemetery orchard vineyard park lawn meadow field fields pasture common "
    "heath moor marsh swamp bog forest wood woods grove thicket jungle wilderness desert prairie prairies plain valley glen ravine "
    "gorge canyon cave cavern grotto hill hillside hilltop mountain mountainside summit peak cliff cliffs crag shore beach strand "
    "seashore sea-shore sands coast bay cove harbour harbor port quay wharf dock pier jetty platform river riverbank river-bank bank "
    "stream brook creek lake pond pool waterfall spring well island isle islet reef ocean sea road roadside highway lane street "
    "avenue alley square plaza path pathway footpath track trail crossroads sidewalk pavement bridge tunnel ditch trench pit mine "
    "quarry rabbit-hole burrow hollow dell clearing glade arena racecourse playground fairground market-place marketplace "
    "battlements ramparts roof rooftop precipice chasm abyss ramp slipway underpass viaduct reservoir weir dam marina promenade boardwalk campsite checkpoint outpost "
    "scrapyard junkyard dockyard boatyard farmyard volcano glacier oasis lagoon estuary moat embankment towpath hedge",
)
VESSELS = word_set(
    "ship boat vessel yacht schooner brig sloop raft canoe barge steamer steamboat ferry deck quarter-deck train carriage coach "
    "stage-coach wagon railway-carriage compartment cab omnibus balloon submarine car automobile truck van bus plane airplane cockpit",
)
SEA = word_set(
    "aboard sail sails sailed sailing sank sunk sinking deck decks starboard larboard mast masts crew anchor anchored docked moored "
    "steamed voyage torpedo torpedoes torpedoed hull keel stern lifeboat lifeboats boats gangway wreck wrecked capsized harbour harbor overboard"
)
"""Words that tell of a ship beside its name."""
SOCIETIES = word_set(
    "society association auxiliary committee league union guild company brotherhood council federation"
)
"""What a church or a town may lend its name to and is no place."""
SETTLEMENTS = word_set("village town city hamlet settlement colony camp encampment parish county province kingdom")
PLACE_NOUNS = ROOMS | BUILDINGS | OUTDOORS | VESSELS | SETTLEMENTS
STREETS = word_set("street road lane avenue sidewalk pavement")
INDOORS = ROOMS | BUILDINGS

INTO = word_set("in into inside within entered enter entering enters reached reaching reaches left leaving")
UPON = word_set(
    "at on onto upon through across along down up aboard throughout over crossed crossing cross descended ascended climbed "
    "approached approaching visited inhabited occupied gained found finds discovered discovers",
)
TOWARDS = word_set(
    "to from towards toward near outside beside by about between among around round beyond behind under beneath above off past"
)
PARTS = word_set(
    "middle centre center end edge foot top bottom side sides corner corners door doors doorway entrance gate gates mouth heart depths "
    "seclusion midst rest back front threshold window windows walls wall floor extremity outskirts margin brink brow head part "
    "rail railing railings parapet steps surface sill ledge verge bank banks shores darkness silence gloom shade shadow interior exterior one out direction privacy shelter opening length",
)
KEEPING = word_set("kept keeps keep owned owns own inherited inherits")
UNREAL = word_set("like as than if without no never nor imagine imagined fancy fancied dreamed wish wished such")
GENERIC = word_set(
    "any every each some all most other others many several few various both these those such which what whose"
)
NEITHER = word_set("this that the a an his her their its my our your one another")
PLURAL_PLACES = word_set(
    "gardens woods stables stairs sands cliffs prairies plains fields marshes hills mountains highlands ramparts battlements barracks lodgings crossroads sidewalks headquarters moors steps"
)


def is_place_noun(word: str) -> bool:
    """Whether a word alone or as the end of a compound names a place: `hall`, `rabbit-hole`, `churchyard`."""
    low = word.casefold()
    if low in PLACE_NOUNS:
        return True
    tail = low.rsplit("-", 1)[-1]
    return "-" in low and tail in PLACE_NOUNS - {"hold", "bar", "court", "common", "track", "spring", "well"}
