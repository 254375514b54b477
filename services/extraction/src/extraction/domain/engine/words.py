"""English words that decide what a phrase in capitals is: people, sounds, camera talk, things that cannot be held."""

from collections.abc import Sequence


def word_set(*lines: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(" ".join(lines).split())


DETERMINERS = word_set(
    "a an the his her their its my your our this that these those some any another every each no one two three four five "
    "six seven eight nine ten eleven twelve several many few both own",
)
DEFINITE = word_set("the his her their its my your our this that these those both")
PREPOSITIONS = word_set(
    "with of in on at from into onto inside under behind beside beneath over through across near by for without holding "
    "carrying wearing clutching gripping to like around against towards toward",
)
CONJUNCTIONS = frozenset({"and", "or", "but", "then", ","})
SMALL_WORDS = word_set(
    "of the and in on at to for a an with by from or",
)

AGE_WORDS = word_set(
    "young younger old older elderly little teen teenage adult baby kid ancient",
)
HONORIFICS = word_set("mr mrs ms mx")
TITLES = word_set(
    "mr mrs ms miss dr doctor sir lady lord madame madam captain capt sergeant sgt lieutenant lt colonel col major general "
    "professor prof inspector detective officer father sister brother aunt uncle king queen prince princess saint st reverend "
    "rev judge nurse constable corporal commander admiral squire dame count countess baron baroness duke duchess chief deputy "
    "sheriff agent president mayor",
)
ADDRESSES = HONORIFICS | word_set(
    "miss dr doctor sir madam madame mme mlle aunt uncle captain capt sergeant sgt lieutenant lt colonel col professor prof "
    "inspector detective constable corporal reverend rev signor signora signorina"
)
"""Titles of people and of nothing else; there is a Queen Street."""

ABBREVIATED = word_set("mr mrs ms mme dr capt sgt lt col gen prof rev det insp st messrs")

PEOPLE = word_set(
    "man men woman women boy boys girl girls child children kid kids baby toddler teenager teen youth person people couple "
    "twins twin mother father mom mum dad daddy mommy parent son daughter sister brother aunt uncle cousin niece nephew wife "
    "husband widow widower bride groom grandmother grandfather grandma grandpa granny friend stranger neighbour neighbor "
    "lady gentleman lord sir king queen prince princess duke duchess knight captain sailor soldier sergeant lieutenant "
    "colonel general major officer cop cops policeman policewoman guard guards sheriff deputy detective inspector agent spy "
    "thief burglar robber killer gangster thug prisoner convict judge lawyer attorney clerk secretary assistant boss manager "
    "director producer owner landlord landlady tenant host hostess guest guests customer customers client shopkeeper "
    "bartender barman barmaid waiter waitress chef cook baker butcher grocer farmer gardener shepherd hunter fisherman "
    "driver cabbie chauffeur pilot conductor ferryman boatman engineer mechanic carpenter blacksmith welder welders miner "
    "worker workers builder electrician plumber cleaner janitor maid butler nanny nurse doctor surgeon paramedic medic "
    "dentist vet patient teacher professor student students pupil librarian scientist inventor astronomer clockmaker "
    "watchmaker toymaker jeweller tailor seamstress cobbler musician singer dancer actor actress artist painter sculptor "
    "writer poet author reporter journalist photographer cameraman announcer presenter messenger courier postman postwoman "
    "postmaster postmistress mailman priest vicar monk nun rabbi imam bishop pope pilgrim wizard witch magician clown "
    "acrobat juggler ringmaster fortune-teller ghost angel demon devil vampire zombie alien giant dwarf elf fairy mermaid "
    "pirate orphan beggar tramp hermit guru villager villagers townspeople bystander bystanders passer-by pedestrian "
    "passenger passengers commuter tourist tourists spectator spectators crowd mob figure hitchhiker caller operator "
    "narrator partner colleague lover mentor rival archivist curator architect accountant banker broker trader "
    "firefighter fireman lifeguard instructor trainer principal headmaster headmistress governess chaplain sexton "
    "receptionist porter doorman bellboy usher bouncer caretaker keeper warden mayor president minister senator councillor "
    "trooper marshal ranger recruit veteran dealer biker trucker cowboy cowgirl rancher preacher pastor technician hacker "
    "dispatcher rookie analyst goon prosecutor juror bailiff barista teller cashier vendor roommate girlfriend boyfriend "
    "ambassador harbourmaster harbormaster lighthouse-keeper innkeeper publican beekeeper stationmaster signalman diver "
    "steward stewardess stagehand deckhand farmhand cowhand patron croupier bellhop concierge busker mourner protester "
    "hawker peddler milkman locksmith plasterer decorator roofer surveyor optician pharmacist chemist midwife orderly "
    "visitor newcomer new-comer intruder traveller traveler signora signor signorina signore senora senor monsieur madame mademoiselle herr frau fraulein ayah "
    "physiotherapist therapist psychiatrist counsellor undertaker gravedigger gamekeeper groundskeeper zookeeper "
    "stuntman understudy choreographer ballerina cellist violinist pianist drummer guitarist trumpeter organist "
    "swimmer runner boxer wrestler champion coach referee rider jockey cyclist climber skater surfer astronaut robot android",
)
ANIMALS = word_set(
    "dog dogs cat cats kitten puppy horse pony donkey mule goat sheep lamb cow bull ox pig piglet hen rooster duck goose "
    "swan bird parrot crow raven owl pigeon seagull gull magpie canary falcon hawk eagle wolf fox bear lion tiger elephant "
    "monkey ape rabbit hare mouse rat squirrel hedgehog badger otter seal whale dolphin shark tortoise turtle frog toad "
    "lizard snake dragon spider terrier hound collie greyhound labrador retriever poodle spaniel beagle bulldog mastiff "
    "dachshund chihuahua alsatian husky mutt mongrel pup corgi whippet rottweiler tabby tomcat stallion mare colt filly foal "
    "calf ram ewe llama camel chimp chimpanzee gorilla panda raccoon weasel ferret hamster gerbil guinea-pig budgie "
    "cockatoo macaw hawk kestrel vulture stork heron pelican penguin turkey goldfish octopus lobster",
)
NO_PERSONS = word_set("talisman ottoman caiman cayman german norman roman specimen abdomen omen acumen regimen dolmen")
"""Words that only end like those for people."""
PERSON_ENDINGS = (
    "man",
    "men",
    "woman",
    "women",
    "keeper",
    "master",
    "mistress",
    "maker",
    "smith",
    "wright",
    "herd",
    "monger",
)

GROUP_CUES = word_set(
    "all both everyone everybody together others crowd crowds mob people persons onlookers bystanders "
    "passers-by spectators audience throng extras chorus ensemble group voices various anyone cast 众人 所有人 大家 两人 二人 众",
)
FACELESS_CUES = word_set(
    "voice radio tv television telephone phone intercom loudspeaker speaker tannoy computer machine pa system recording tape "
    "answering voicemail gps satnav television-set super title titles caption subtitle subtitles insert card sign text note notes "
    "letter later continued montage flashback intercut end fin beat silence",
)

SLUG_OPENERS = word_set("at back on in inside outside over near towards later meanwhile before after under behind by")
CAMERA = word_set(
    "angle angles pov camera close closeup close-up closer wide wider shot shots view pan pans panning tilt tilts zoom zooms "
    "dolly crane tracking track handheld insert super superimpose title titles caption chyron subtitle montage series "
    "intercut flashback flash flashforward freeze frame split screen smash match cut cuts dissolve fade fades credits int ext "
    "vo os oc mos sfx vfx beat continuous continued later moments meanwhile end begin back scene rev reverse two-shot "
    "establishing steadicam aerial underwater offscreen off-screen slow motion slo-mo lens focus rack reveal reveals",
)
SOUNDS = word_set(
    "bang boom buzz clang clank clap clatter click clink clunk crack crackle crash creak crunch ding drip drone explode "
    "explosion fizz flicker groan growl grunt gunshot gunfire hiss honk hoot howl hum jingle knock laugh laughter moan noise "
    "patter peal ping plop pop pound purr rattle ring ring-ring roar rumble rustle scrape scratch scream screech shatter shot "
    "shout shriek sigh siren sizzle slam slap smack snap snore sob splash splinter squeak squeal squelch stomp swish swoosh "
    "thrum thud thump thunder tick ticking tick-tock tinkle toll toot trill twang wail whack wham wheeze whimper whir whirr "
    "whistle whoosh yell yelp zap beep bleep blare blast bleat bark bay cackle caw cheer chime chirp chug cluck cough croak "
    "cry gasp giggle gong gulp meow neigh quack sneeze snort squawk applause music song tune melody chord fwoosh whump "
    "kaboom pow zoom vroom silence echo chant murmur whisper static feedback",
)
SOUNDING_THINGS = word_set("whistle gong rattle ring chime chimes drum horn siren trumpet buzzer clicker clapper alarm")
LOUD = word_set(
    "shrill loud sharp low high distant sudden faint piercing deafening great big long short soft dull heavy final second",
)
VERBS = word_set(
    "am are be is was were go goes went gone come comes came run runs ran stop stops stay stays stand stands stood sit sits "
    "sat fall falls fell drop drops jump jumps leap leaps dive dives duck ducks turn turns spin spins look looks see sees "
    "saw stare stares grab grabs hit hits kick kicks punch punches throw throws fire fires shoot shoots burst bursts break "
    "breaks tear tears rip rips open opens close closes shut shuts freeze freezes vanish vanishes appear appears disappear "
    "disappears emerge emerges enter enters exit exits leave leaves swing swings fly flies rise rises sink sinks melt melts "
    "glow glows shine shines blink blinks die dies wake wakes start starts begin begins race races rush rushes charge "
    "charges sprint sprints stumble stumbles trip trips collapse collapses erupt erupts ignite ignites light lights lock "
    "locks push pushes pull pulls shove shoves smash smashes slip slips slide slides catch catches hold holds let lets make "
    "makes take takes do does did don't not has have had will would can can't could must should speak speaks say says sing "
    "sings play plays move moves shake shakes wave waves pass passes lift lifts strike strikes ring rings speed speeds",
)
UNHELD = word_set(
    "i you he she it we they me him us them who what when where why how yes no not never very so too only just all none "
    "nothing something everything anything everyone nobody someone somebody now then here there again more most less least "
    "much same other first second third last next huge enormous big small tiny giant massive great black white red blue "
    "green dark darkness light daylight moonlight sunlight shadow shadows silence rain snow fog mist smoke wind storm "
    "lightning fire flames flame heat cold dust water air sky sun moon stars night day dawn dusk morning evening noon "
    "midnight twilight sunrise sunset winter summer spring autumn time times hour hours minute minutes moment moments year "
    "years week weeks month months today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december face faces eye eyes hand hands foot "
    "feet head heads back finger fingers arm arms leg legs mouth lips ear ears nose hair heart blood body bodies corpse "
    "name names word words life death love hope fear truth secret idea plan thing things way place world home okay ok oh hey "
    "bye hello help sorry please thanks god hell damn chapter part act episode the a an and or but if because half "
    "suddenly finally slowly quickly alone together exactly really actually everywhere nowhere north south east west left "
    "right up down out in off on over under through away",
)
PLACES = word_set(
    "house home cottage cabin castle palace tower lighthouse church chapel cathedral temple abbey school college university "
    "library museum gallery theatre theater cinema hotel inn tavern pub bar cafe restaurant diner bakery shop store market "
    "square street road lane alley avenue bridge station harbour harbor port quay pier dock wharf beach bay cove island "
    "mountain hill valley forest wood woods river lake sea ocean desert canyon cave cliff village town city farm mill barn "
    "stable garden park cemetery graveyard hospital asylum prison jail court courthouse factory warehouse workshop office "
    "observatory laboratory lab attic cellar basement kitchen bedroom hall corridor staircase rooftop roof yard courtyard "
    "gate tunnel subway metro airport hangar arena stadium circus fairground fair archive vault bank foundry shipyard depot "
    "conservatory greenhouse orchard hut shack shed tent igloo vineyard meadow field moor swamp quarter district arcade boathouse ballroom",
)
SIGNS = word_set(
    "sign signs plaque label placard poster banner headline screen display caption title text says say reads read reading "
    "saying marked labelled labeled stamped titled entitled engraved written spells spelled prints printed words letters "
    "message note card ticket badge board lettering neon graffiti",
)
NAMING = frozenset({"named", "called", "nicknamed", "meet"})
ACRONYMS = word_set(
    "fbi cia usa uk eu un ufo nasa ai id vhs atm mri led usb ceo suv cid bbc sos lp ep ufos",
)


def is_title(word: str) -> bool:
    """Whether a word in small letters is a title, alone or as the end of one: `captain`, `sergeant-major`."""
    return word.rsplit("-", 1)[-1] in TITLES


def is_addressed(key: Sequence[str]) -> bool:
    """Whether a title leads that only people have, so that any word behind it is a name: Mrs. March, Mr. Hall."""
    return len(key) > 1 and key[0] in ADDRESSES and key[1] not in TITLES


def is_person_noun(word: str) -> bool:
    """Whether a word names a kind of person or animal: `clerk`, `ferryman`, `cat`."""
    low = word.casefold()
    if low in PEOPLE or low in ANIMALS or low.removesuffix("s") in PEOPLE:
        return True
    if "-" in low and low.rsplit("-", 1)[-1] in PEOPLE:
        return True
    return len(low) > 5 and low.endswith(PERSON_ENDINGS) and low not in NO_PERSONS


def is_sounding_thing(words: Sequence[str], head: str) -> bool:
    """Whether a noun phrase is a thing and not its noise: TIN WHISTLE and RING OF KEYS, not SHRILL WHISTLE."""
    low = [word.casefold() for word in words]
    quiet = head == low[-1] or not is_sound_or_verb(low[-1])
    return len(low) > 1 and head in SOUNDING_THINGS and quiet and not LOUD & set(low)


def is_sound_or_verb(word: str) -> bool:
    """Whether a word in capitals is a noise or what somebody does, in any of its English forms."""
    low = word.casefold()
    return any(stem in SOUNDS or stem in VERBS for stem in _stems(low))


def singular(word: str) -> str:
    """A plain English singular, good enough to compare two mentions of one thing."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _stems(low: str) -> tuple[str, ...]:
    stems = [low]
    for ending in ("s", "es", "ed", "d", "ing"):
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            stem = low.removesuffix(ending)
            stems += [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return tuple(stems)
