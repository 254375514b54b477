"""First names that are given to women and to men: they tell a person from a place, and Mrs Hale from Lewis Hale."""

from extraction.domain.engine.words import word_set

WOMEN = word_set(
    "abigail ada adela adelaide adele agatha agnes aileen alexandra alice alison amalia amanda amelia amy anastasia andrea "
    "angela anita ann anna annabel anne annette annie antonia april arabella ariel astrid audrey augusta aurora ava barbara "
    "beatrice becky belinda bella bernice bertha bessie beth betsy betty beulah bianca brenda bridget camilla carla carmen "
    "carol caroline cassandra catherine cathy cecilia cecily celeste celia charlotte chloe christina christine cindy clara "
    "clarissa claudia clementine connie constance cora cordelia cornelia cynthia daisy daphne dawn deborah delia della denise "
    "diana dinah dolly dolores dora doris dorothea dorothy edith edna effie eileen elaine eleanor elena eliza elizabeth ella "
    "ellen eloise elsa elsie emilia emily emma erica esme estella esther ethel eugenia eunice eva evelyn fanny felicity fiona "
    "flora florence frances freda gabrielle genevieve georgia georgiana geraldine gertie gertrude gina ginny gladys gloria "
    "grace greta gwendolen gwendolyn hannah harriet hattie hazel heather heidi helen helena henrietta hermione hester hilary "
    "hilda holly hope ida imogen ines ingrid irene iris isabel isabella isobel ivy jackie jane janet janie jean jeannie "
    "jemima jennifer jenny jessica jessie jill joan joanna josephine joy joyce juanita judith judy julia juliana julie juliet "
    "june karen kate katherine kathleen kathryn katie katy kay kitty laura lauren lavinia leah leila lena leonora leticia "
    "letty lilian lillian lily linda lisa lois lola lorna lorraine lottie louisa louise lucia lucille lucinda lucy lydia mabel "
    "maddie madeleine madeline madge maeve maggie maisie mamie marcia margaret margery margot maria marian marianne marie "
    "marilla marion marjorie marta martha mary mathilda matilda maud maude maureen mavis may meg megan melanie melissa mercy "
    "meredith mia mildred millicent millie mina minnie miranda miriam mollie molly mona monica muriel myra myrtle nadia nan "
    "nancy naomi natalie natasha nell nellie nina nora norah norma olga olive olivia opal ophelia pamela pansy patience "
    "patricia patty paula pauline pearl peggy penelope phoebe phyllis polly priscilla prudence rachel rebecca regina rhoda "
    "rita roberta rosa rosalie rosalind rosamond rosanna rose rosemary rosie rowena roxanne ruby ruth sadie sally samantha "
    "sandra sara sarah selina serena sharon sheila shirley sibyl silvia sofia sonia sophia sophie stella stephanie sue susan "
    "susanna susie sybil sylvia tabitha tamara tara teresa tess tessa thelma theodora theresa tilda tilly tina trudy ursula "
    "valerie vanessa vera verity veronica victoria viola violet virginia vivian wanda wendy wilhelmina willa winifred winnie "
    "yvonne zelda zoe",
    "agnieszka aisha akiko alejandra amina amira anika anja anjali anneke ayesha beatriz blanca bronwyn carmela "
    "catalina chiara chiyo dagmar deepa dorota elif elodie emine esperanza fatima fatma fatou francesca freya "
    "gabriela giulia graciela guadalupe gudrun halina hana hanna haruka helga hiroko ilse imani ingeborg irina "
    "jadwiga johanna kamala karin katarina katya khadija kirsten laila lakshmi larissa leyla liesl lucie ludmila lupe "
    "magda magdalena maite malika manuela marguerite mariam mariana marit mathilde mei mercedes mireille nadezhda "
    "nadine naoko nasreen natalia noor olena paloma petra pilar priya radha rana rania rukmini saskia shabnam shira "
    "sigrid siobhan solveig soraya svetlana tanya tatiana tomoko ulrike valentina veronika xenia yasmin yelena yoko "
    "yuki yulia zainab zara zeynep zofia zuzana",
)
MEN = word_set(
    "aaron abel abner abraham abram adam adolphus adrian alan albert alec aleck alexander alexis alfred algernon ali allan "
    "allen alonzo ambrose amos andrew andy angus anthony anton antonio archibald archie arnold arthur asa aubrey august "
    "augustine augustus austin barnaby barney bartholomew basil ben benedict benjamin benny bernard bert bertie bertram bill "
    "billy bob bobby boris boyd bradley brandon brendan brian bruce bruno bryan byron caleb calvin carl carlos cecil cedric "
    "charles charley charlie chester chris christopher clarence claude clement clifford clive clyde colin conrad constantine "
    "cornelius craig curtis cuthbert cyril cyrus dale damian dan daniel danny darius darren dave david dean dennis derek "
    "desmond dick dickon diego dmitri dominic donald douglas duncan dustin dwight earl ebenezer ed eddie edgar edmund edward "
    "edwin eli elias elijah elliot ellis elmer emanuel emil emmett enoch eric ernest ethan eugene eustace evan ezra felix "
    "ferdinand fergus finn floyd francis francisco frank franklin fred freddie frederic frederick fritz gabriel gareth gary "
    "gavin geoffrey george gerald gideon gilbert giles godfrey gordon graham grant greg gregory guillermo gus guy hank hans "
    "harold harry harvey hector henry herbert herman hiram homer horace horatio howard hubert huck hugh hugo humphrey ian "
    "ibrahim ichabod igor ira isaac isaiah ishmael ivan jabez jack jacob jake james jamie jarvis jasper jay jed jeff jefferson "
    "jeffrey jem jeremiah jeremy jerome jerry jesse jim jimmy joe joel joey john johnny jonah jonas jonathan jordan jorge "
    "jose joseph joshua josiah juan jude jules julian julius justin karl keith ken kenneth kevin kurt lancelot larry laurence "
    "lawrence leander lee lemuel leo leon leonard leopold leroy leslie lester levi lewis liam lionel lloyd louis lucas lucius "
    "luis luke luther magnus malcolm manuel marcel marco marcus mario mark marlow marshall martin marvin mathew matt matthew "
    "maurice max maxwell melvin mervyn michael miguel mike miles milo milton mitchell mohammed montague morgan morris mortimer "
    "moses murray nathan nathaniel ned neil nelson neville nicholas nick nicolas nigel noah noel norman oliver orlando oscar "
    "osmond oswald otis otto owen pablo paddy patrick paul pedro percival percy perry pete peter phil philip phineas phoenix "
    "pierre quentin quincy ralph ramon randall randolph raphael ray raymond reginald reuben rex rhett richard rick robert "
    "robin rod roderick rodney roger roland rolf roman ronald rory roscoe ross roy rudolf rudolph rufus rupert russell sam "
    "samson samuel sandy saul scott sean sebastian septimus serge seth seymour shane sherlock sid sidney silas simeon simon "
    "sol solomon stan stanley stefan stephen steve steven stewart stuart sydney tad ted terence terry thaddeus theo theobald "
    "theodore theophilus thomas tim timothy titus toby todd tom tommy tony travis tristan trevor ulysses uriah vernon victor "
    "vincent virgil vladimir wallace walt walter warren wayne wilbur wilfred will willard william willie willy winston woodrow "
    "xavier zachary",
    "abdul abdullah ahmed akira alejandro aleksandr alexei alvaro amir anatoly anders andrei andrzej anil antoine "
    "arjun arkady arturo ashok axel aziz bashir bilal bogdan cheng chidi dariusz darko davide dieter dmitry eduardo "
    "emeka emre enrique ernesto esteban fabian faisal farid felipe feng fernando fyodor gerhard giacomo giancarlo "
    "giorgio giovanni goran gregor grigori guillaume gunther gustavo hakim hamid hamza hao haruki hasan hassan "
    "heinrich hiroshi hussein ilya imran isamu jamal janusz javier jens jin joaquin jurgen kamal karim kenji khalid "
    "klaus kofi kwame lars laszlo leif lorenzo luca luigi maksim marek mateo matteo mehdi mehmet mikhail milan "
    "miroslav mohamed mohammad mustafa nasser niklas nikolai omar orhan oskar ousmane pascal pavel pavlo piotr rafael "
    "rahul raj rajesh ramesh raul ravi ricardo roberto rodrigo ryo sadiq salim samir sanjay santiago satoshi sergei "
    "sergio stefano suresh sven takashi tariq tomas tomasz vadim vasily vijay viktor vincenzo wei wolfgang yannick "
    "yevgeny yuri yusuf zbigniew",
)
ALSO_WORDS = word_set(
    "will may mark grant rose hope grace dawn june august april art bill pat sue rob jack guy miles dick joy mercy patience "
    "ivy holly daisy lily violet pearl opal ruby olive iris hazel heather rosemary faith frank earl royal max drew chase"
)
"""First names that are words as well."""
FEMALE_TITLES = word_set(
    "mrs ms miss lady madam madame aunt queen princess duchess countess baroness sister mother mme mlle"
)
MALE_TITLES = word_set("mr sir lord uncle king prince duke count baron father brother monsieur herr signor")


def is_given(word: str) -> bool:
    """Whether a word is a first name."""
    low = word.casefold()
    return low in WOMEN or low in MEN


def gender(words: tuple[str, ...]) -> str | None:
    """`f` or `m` when title or first name of a key tell it, else None."""
    for word in words[:2]:
        if word in FEMALE_TITLES or word in WOMEN:
            return "f"
        if word in MALE_TITLES or word in MEN:
            return "m"
    return None
